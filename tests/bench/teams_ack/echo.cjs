// The peer: the JavaScript SDK's echo bot. Empty credentials, so it checks no tokens; each answer is posted to the
// message's serviceUrl. "silent": it posts none.
const express = require("express");
const { CloudAdapter, ConfigurationBotFrameworkAuthentication, ActivityHandler, MessageFactory } = require("botbuilder");

class Echo extends ActivityHandler {
    constructor() {
        super();
        this.onMessage(async (context, next) => {
            if (process.argv[2] !== "silent") {
                await context.sendActivity(MessageFactory.text(`Echo: ${context.activity.text}`));
            }
            await next();
        });
    }
}
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new Echo();
const server = express();
server.use(express.json());
server.post("/api/messages", (request, response) => adapter.process(request, response, (context) => bot.run(context)));
const listening = server.listen(0, "127.0.0.1", () => console.log(listening.address().port));
