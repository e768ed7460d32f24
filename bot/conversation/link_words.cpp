#include "bot/conversation/link_words.hpp"

#include <array>

namespace raadbot::bot {

std::string clock_time(std::uint32_t second) {
    const auto two = [](std::uint32_t number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    const std::uint32_t hours = second / 3600;
    const std::uint32_t minutes = second / 60 % 60;
    const std::string rest = "." + two(second % 60);
    return hours == 0 ? std::to_string(minutes) + rest
                      : std::to_string(hours) + "." + two(minutes) + rest;
}

std::string link_words(const ReplyLink& link, std::string_view language) {
    struct Words {
        std::string_view kind, danish, english;
    };
    static constexpr std::array<Words, 4> all{
        {{"agenda", "Dagsordenen", "The agenda"},
         {"minutes", "Referatet", "The minutes"},
         {"recording", "Se behandlingen på video", "Watch the debate"},
         {"item", "Punktet", "The item"}}};
    for (const Words& words : all) {
        if (words.kind != link.kind) continue;
        std::string out(language == "en" ? words.english : words.danish);
        if (link.second) out += " " + clock_time(*link.second);
        return out;
    }
    return {};
}

}  // namespace raadbot::bot
