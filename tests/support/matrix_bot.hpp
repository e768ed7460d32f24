// The Matrix channel with everything around it but the outside world: for tests.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "adapters/matrix/channel.hpp"
#include "tests/support/fake_conversation.hpp"
#include "tests/support/fake_homeserver.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::test {

/// The end of noon_ms.
inline Timestamp noon() { return Timestamp(std::chrono::seconds(noon_ms / 1'000)); }

class MatrixBot {
public:
    explicit MatrixBot(matrix::Options options = matrix_options()) : options_(std::move(options)) {
        start();
    }
    ~MatrixBot() { stop(); }

    void start() {
        channel = std::make_unique<matrix::Channel>(options_, conversation, clock_, homeserver,
                                                    [](std::string_view) {});
        delivery::Delivery::Inputs inputs;
        inputs.data_dir = folder_.path();
        inputs.options.retry.first = std::chrono::milliseconds(5);
        inputs.options.retry.most = std::chrono::milliseconds(20);
        inputs.options.handle_wait = std::chrono::milliseconds(5);
        inputs.channels.push_back(channel->delivery_channel());
        auto opened = delivery::Delivery::open(std::move(inputs));
        if (!opened) throw std::runtime_error(opened.error().message);
        delivery = std::move(*opened);
        channel->attach(*delivery);
    }
    void stop() {
        if (channel) channel->stop();
        delivery.reset();
        channel.reset();
    }

    /// The status of the answer to a transaction with these events; waits until all is done.
    unsigned receive(const std::vector<Json>& events) { return receive_bytes(transaction(events)); }
    unsigned receive_bytes(std::string body) {
        const unsigned status = put(std::move(body));
        settle();
        return status;
    }
    unsigned put(std::string body) {
        http::Request request;
        request.method = "PUT";
        request.path = "/_matrix/app/v1/transactions/" + std::to_string(++transactions_);
        request.body = std::move(body);
        request.fields.push_back({"Authorization", "Bearer " + options_.hs_token});
        return channel->handle(request).status;
    }
    void settle() {
        for (int n = 0; n < 120'000 && !delivery->idle(); ++n)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        EXPECT_TRUE(delivery->idle()) << "not done in two minutes";
    }

    FakeConversation conversation;
    std::shared_ptr<FakeHomeserver> homeserver = std::make_shared<FakeHomeserver>();
    std::unique_ptr<matrix::Channel> channel;
    std::unique_ptr<delivery::Delivery> delivery;

private:
    matrix::Options options_;
    support::TemporaryFolder folder_;
    bot::FixedClock clock_{noon()};
    int transactions_ = 0;
};

}  // namespace raadbot::test
