#include "retrieval/danish/machine_orders.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {

bool orders_a_machine(std::string_view sentence) {
    constexpr auto machines = std::to_array<std::string_view>(
        {"assistent", "assistant", "chatbot", "chatrobot", "sprogmodel", "language model",
         "robotter", "robotten", "systemprompt", "system prompt", "kunstig intelligens", "instruks",
         "instruktion", "instruction"});
    constexpr auto orders = std::to_array<std::string_view>(
        {"se bort fra", "ser bort fra", "ignorer", "glem alle", "skal du svare", "svar altid",
         "svar alle", "svar, at", "svare, at", "svar at", "oplys altid", "oplys alle",
         "skriv altid", "ignore", "disregard", "forget all", "always answer", "always reply"});
    const std::string text = fold(sentence);
    const auto holds = [&](std::string_view part) { return text.find(part) != std::string::npos; };
    return std::any_of(machines.begin(), machines.end(), holds) &&
           std::any_of(orders.begin(), orders.end(), holds);
}

}  // namespace raadbot::danish
