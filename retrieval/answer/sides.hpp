// Of what papers tell from several sides, which one is asked for: when something ends and not since
// when it is, the last day and not the day, the sum of all and not the rate, how long one waits and
// not how long it is valid, which fund and not that there is one. Pure; internal to the measuring
// of features (unmet.cpp).
#pragma once

#include <string>
#include <string_view>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

struct Sides {
    bool end = false;     ///< "hvornår er broen færdig"
    bool begins = false;  ///< "hvornår begynder kurset": no "i 2 timer".
    bool coming = false;  ///< "hvornår åbner badet igen": no "siden august", no year that has been.
    bool hour = false;    ///< "hvad tid": no day alone.
    bool reply = false;     ///< "hvor længe er de om at svare": not until when one must apply.
    bool hearing = true;    ///< A hearing or public meeting may be meant.
    bool extra = false;     ///< "hvad koster en ekstra tømning": no ordinary price.
    bool cost = false;      ///< "koster det noget": something of the price, or that it is free.
    bool age = false;       ///< "hvor gammel skal man være"
    bool side = false;      ///< "hvilken side af vejen"
    bool missed = false;    ///< "vi nåede ikke fristen, kan vi": what follows, no deadline.
    bool week = false;      ///< "hvilke uger"
    bool day = false;       ///< "hvilken dag", "hvilke datoer": no "hver 14. dag", no year alone.
    bool deadline = false;  ///< "hvornår skal jeg senest", "hvornår er fristen"
    bool total = false;     ///< "hvor mange penge er der i alt i puljen"
    bool rest = false;      ///< "hvor mange pladser er der tilbage": no number of all of them.
    bool waiting = false;   ///< "hvor lang tid går der, før": no validity and no age.
    bool back = false;      ///< "hvornår kører bussen hjem igen": no way out.
    bool formerly = false;  ///< "hvad kostede det før": no price of today.
    bool earnings = false;  ///< "hvor lidt må man tjene": no sum that is paid out.
    bool price = false;     ///< "hvad koster": no deposit, no residual value.
    bool open = false;      ///< "hvornår er der livredder": no year alone.
    bool urgent = false;    ///< "et pas med det samme": in haste, or how fast it goes.
    bool first = false;     ///< "hvornår går den første færge": no last one.
    bool last = false;      ///< "hvornår går den sidste færge": no first one.
    bool feast = false;     ///< "har I åbent 2. juledag": no ordinary hours.
    bool fetched = false;   ///< "hvad blev huset solgt for": no least bid.
    bool refund = false;    ///< "får jeg pengene tilbage"
    bool speed = false;     ///< "hvor stærkt må man sejle"
    bool hours = false;     ///< "hvornår har kontoret åbent": no hour to sign up by.
    std::string above;      ///< "over 70", "mere end 20.000": the number; else empty.
    std::string below;      ///< "under 25"
    int this_year = 0;      ///< Of the question.
    std::string which;      ///< "hvilken fond": the thing of which one is asked for; else empty.

    /// Anything that a sentence may tell another side of.
    [[nodiscard]] bool any() const noexcept {
        return end || coming || deadline || total || rest || waiting || hour || reply || !hearing ||
               extra || cost || age || side || missed || week || day || back || formerly ||
               earnings || first || last || urgent || price || open || feast || speed || fetched ||
               hours || refund || !above.empty() || !below.empty();
    }
};

[[nodiscard]] Sides sides_asked(const QuestionView& question, int this_year);

/// The sentence tells another side than the one asked for.
[[nodiscard]] bool tells_other_side(const Sides& asked, const PassageView& passage,
                                    std::size_t sentence);

/// "En ekstern fond", "fem andre kommuner": that there are some, not which.
[[nodiscard]] bool tells_only_some(std::string_view which, std::string_view text);

}  // namespace raadbot::answer
