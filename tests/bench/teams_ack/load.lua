-- Every request is another message: ids, texts and conversations differ.
local thread_number = 0
function setup(thread)
    thread:set("number", thread_number)
    thread_number = thread_number + 1
end
function init(args)
    counter = 0
    prefix = os.getenv("PREFIX") or "x"
    pause = tonumber(os.getenv("PAUSE") or "0")
    math.randomseed(number + 1)
    service = os.getenv("SERVICE_URL")
    app = os.getenv("APP")
    tenant = os.getenv("TENANT")
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    local bearer = os.getenv("BEARER")
    if bearer ~= nil and bearer ~= "" then wrk.headers["Authorization"] = bearer end
end
-- Milliseconds between a response and the next request of a connection, around PAUSE; 0: none.
function delay()
    return math.random(0, 2 * pause)
end
function request()
    counter = counter + 1
    local id = prefix .. number .. "-" .. counter
    return wrk.format(nil, "/api/messages", nil, '{"type":"message","id":"' .. id ..
        '","timestamp":"2026-11-23T08:00:00.000Z","localTimestamp":"2026-11-23T09:00:00.000+01:00",' ..
        '"channelId":"msteams","serviceUrl":"' .. service .. '","from":{"id":"29:asker","name":"Alex Wilber",' ..
        '"aadObjectId":"0a0a0a0a-0000-0000-0000-000000000001"},"recipient":{"id":"28:' .. app .. '","name":"Raadbot"},' ..
        '"conversation":{"id":"a:chat' .. (counter % 500) .. '","conversationType":"personal","tenantId":"' .. tenant ..
        '"},"channelData":{"tenant":{"id":"' .. tenant .. '"}},"textFormat":"plain","locale":"da-DK","text":"Hvad er vederlaget ' ..
        id .. '?","entities":[{"type":"clientInfo","locale":"da-DK","country":"DK","platform":"Windows","timezone":"Europe/Copenhagen"}]}')
end
