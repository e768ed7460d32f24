#include "retrieval/danish/printed_names.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace raadbot::danish {
namespace {

std::vector<std::string> words(const std::string& text, const std::vector<Span>& spans) {
    std::vector<std::string> out;
    for (const Span& span : spans) out.push_back(text.substr(span.begin, span.end - span.begin));
    return out;
}

TEST(PrintedPersons, AreTwoToFourWordsWithACapital) {
    const std::string text =
        "Borgmester Åse Lind-Berg (K) og Per von Holt hilste på Niels Ove Juhl, TMU og Lunby.";
    EXPECT_EQ(words(text, printed_persons(text)),
              (std::vector<std::string>{"Åse Lind-Berg", "Per von Holt", "Niels Ove Juhl"}));
}

TEST(PrintedBodies, AreReadWithAllTheirParts) {
    const std::string text =
        "Sagen gik fra Social-, Senior- og Sundhedsudvalget over Udvalget for By, Havn og "
        "Landdistrikter til Økonomiudvalget og Byrådet, men ikke til et udvalg.";
    EXPECT_EQ(words(text, printed_bodies(text)),
              (std::vector<std::string>{"Social-, Senior- og Sundhedsudvalget",
                                        "Udvalget for By, Havn og Landdistrikter",
                                        "Økonomiudvalget", "Byrådet"}));
}

TEST(SamePerson, WhicheverWayTheNameIsSpelled) {
    EXPECT_TRUE(same_person("Mikkel Aagaard", "mikkel ågård"));
    EXPECT_FALSE(same_person("Mikkel Aagaard", "Mikkel Holm"));
    EXPECT_FALSE(same_person("", ""));
}

TEST(OfficeOf, KnowsOfficesInEveryForm) {
    EXPECT_EQ(office_of("borgmesterens"), "borgmester");
    EXPECT_EQ(office_of("viceborgmesteren"), "viceborgmester");
    EXPECT_EQ(office_of("skolechefen"), "skolechef");
    EXPECT_EQ(office_of("teknikformanden"), "teknikformand");
    EXPECT_EQ(office_of("forkvinden"), "formand");
    EXPECT_EQ(office_of("mayor"), "borgmester");
    EXPECT_EQ(office_of("borgmesterkæden"), "");
    EXPECT_EQ(office_of("formandskabet"), "");
}

}  // namespace
}  // namespace raadbot::danish
