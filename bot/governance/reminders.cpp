#include "bot/governance/reminders.hpp"

#include <algorithm>
#include <map>

#include "retrieval/danish/dates.hpp"

namespace raadbot::governance {
namespace {

/// A header line must stay one line, whatever the configuration holds.
std::string one_line(std::string text) {
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return text;
}

}  // namespace

std::vector<Reminder> reminders(const std::vector<sources::Source>& sources, const Date& today,
                                int ahead) {
    std::vector<Reminder> out;
    for (const sources::Source& source : sources) {
        if (source.state != sources::State::approved || !source.review_date) continue;
        const auto left =
            (std::chrono::sys_days{*source.review_date} - std::chrono::sys_days{today});
        const int days = static_cast<int>(left.count());
        if (days <= ahead) out.push_back({source, days});
    }
    std::stable_sort(out.begin(), out.end(), [](const Reminder& a, const Reminder& b) {
        return a.days_left < b.days_left;
    });
    return out;
}

std::vector<Mail> reminder_mails(const std::vector<Reminder>& reminders,
                                 const std::string& municipality, const std::string& from) {
    std::map<std::string, std::vector<const Reminder*>> by_owner;
    for (const Reminder& reminder : reminders) {
        if (!reminder.source.owner.mail.empty()) {
            by_owner[one_line(reminder.source.owner.mail)].push_back(&reminder);
        }
    }
    std::vector<Mail> out;
    for (const auto& [to, list] : by_owner) {
        Mail mail;
        mail.to = to;
        mail.text = "From: " + one_line(from) + "\r\nTo: " + to +
                    "\r\nSubject: Raadbot: kilder skal gennemgaas\r\nMIME-Version: 1.0\r\n"
                    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
                    "Hej " +
                    one_line(list.front()->source.owner.unit) +
                    "\r\n\r\n"
                    "I står som ansvarlige for kilder, som Raadbot i " +
                    one_line(municipality) + " svarer ud fra. De skal gennemgås nu:\r\n\r\n";
        for (const Reminder* reminder : list) {
            const sources::Source& source = reminder->source;
            mail.text += "- " + source.id.value + " (" + source.base_url + "): ";
            const std::string day = danish::danish_date(*source.review_date);
            mail.text += reminder->days_left < 0 ? "udløb " + day + " og bruges ikke længere"
                                                 : "gælder til og med " + day;
            mail.text += ".\r\n";
        }
        mail.text +=
            "\r\nEr indholdet stadig rigtigt og må det stadig bruges, så foreslå en ny dato på "
            "administrationssiden; en anden skal godkende den. Ellers svarer Raadbot ikke ud fra "
            "kilden efter datoen.\r\n";
        out.push_back(std::move(mail));
    }
    return out;
}

}  // namespace raadbot::governance
