#include "retrieval/ingest/page_lines.hpp"

#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

struct Said {
    std::string_view line;
    std::string_view updated;  ///< Empty: no date.
    std::string_view owner;
    bool of_anything = false;
};

TEST(PageLine, ReadsWhatAPageSaysOfItself) {
    for (const Said& said : std::initializer_list<Said>{
             {"Sidst opdateret 20. januar 2026", "2026-01-20", ""},
             {"Siden er senest ændret 2026-04-17 af Kultur og Fritid", "2026-04-17",
              "Kultur og Fritid"},
             {"Opdateret 2026-06-16 - Ansvarlig: Hjælpemidler og Kørsel", "2026-06-16",
              "Hjælpemidler og Kørsel"},
             {"Siden er senest ændret 2026-03-10 af Job og Vækst, Indgang Syg", "2026-03-10",
              "Job og Vækst, Indgang Syg"},
             {"Denne side er opdateret den 2. marts 2026 kl. 13.45 af Center for voksne",
              "2026-03-02", "Center for voksne"},
             {"Sidens redaktør: Børn og Skole. Senest ændret 1. januar 2026.", "2026-01-01",
              "Børn og Skole"},
             {"Ejer af siden: It-service. Ændret 2026-08-03.", "2026-08-03", "It-service"},
             {"Opdateret 10. februar 2026 - Sekretariat og Jura", "2026-02-10",
              "Sekretariat og Jura"},
             {"Side redigeret 18. maj 2026", "2026-05-18", ""},
             {"Siden sidst opdateret: mandag den 2. marts 2026", "2026-03-02", ""},
             {"Sidst opdateret af Lis Holm den 2. marts 2026", "2026-03-02", "Lis Holm"},
             {"Seneste opdatering: 02-03-2026", "2026-03-02", ""},
             {"Ændret den 1. maj 2026 af Presse, Bo Lund. Versionshistorik Synes godt om Skriv en "
              "kommentar",
              "2026-05-01", "Presse, Bo Lund"},
             {"Last updated: 2 March 2026", "2026-03-02", ""},
             {"Sideejer: Vej og Park", "", "Vej og Park"},
             {"Siden vedligeholdes af Vej og Park", "", "Vej og Park"},
             {"Side 3 af 12", "", ""},
             {"Dokumentnr.: 12345-26", "", ""},
             {"3 visninger", "", ""},
             {"Læs op | Udskriv · Del på Facebook", "", ""},
             {"Var denne side nyttig?", "", ""},
             {"» Tilbage til oversigten", "", ""},
             {"Senest revideret: 01.04.2026 · Ansvarlig: Kultur og Fritid", "2026-04-01",
              "Kultur og Fritid", true},
             {"Ansvarlig: Lis Holm", "", "Lis Holm", true},
             {"Ansvarligt område: Teknik og Miljø", "", "Teknik og Miljø", true},
             {"Revideret den 3. marts 2026", "2026-03-03", "", true}}) {
        const auto read = read_page_line(said.line);
        ASSERT_TRUE(read) << said.line;
        EXPECT_EQ(read->updated ? to_string(*read->updated) : "", said.updated) << said.line;
        EXPECT_EQ(read->owner, said.owner) << said.line;
        EXPECT_EQ(read->of_anything, said.of_anything) << said.line;
    }
}

TEST(PageLine, LeavesWhatSaysSomethingElseToo) {
    for (const std::string_view line : {"Siden den 1. maj 2025 har hallen haft åbent om søndagen.",
                                        "Opdateret 1. marts: bassinet er lukket til juni",
                                        "Opdateret 1. marts 2026: bassinet er lukket til juni",
                                        "Opdateret 1. marts 2026 - bassinet er lukket til juni",
                                        "Opdateret 1. marts 2026 - Bassinet åbner igen til juni",
                                        "Siden er opdateret 1. marts 2026 med de nye takster",
                                        "Planen er revideret den 3. marts 2026.",
                                        "Revideret den 3. marts 2026 af Byrådet",
                                        "Senest revideret af Kommunalbestyrelsen den 3. marts 2026",
                                        "Vedtaget af Byrådet den 3. marts 2026",
                                        "Gælder fra 1. januar 2026",
                                        "Ansvarlig: Lis Holm, telefon 99 00 10 10",
                                        "Ansvarlig: Det er ejeren, der rydder sne",
                                        "Print koster 2 kr. pr. side.",
                                        "Print, kopi og scanning",
                                        "Del 2",
                                        "Lyt til byrådets møder på nettet",
                                        "Tilbage til 2010",
                                        "Side 3",
                                        "Side 4 i budgettet",
                                        "3 kommentarer fra naboerne",
                                        "Kontakt webredaktionen på telefon 99 00 10 10",
                                        "Torvet 1, 9990 Fjordby",
                                        ""}) {
        EXPECT_FALSE(read_page_line(line)) << line;
    }
}

TEST(PageLines, LeaveAWebPage) {
    const Parsed parsed = parse_file("page-lines.html");
    const ParsedDocument& document = parsed.documents.at(0);
    const std::string text = everything(parsed);
    EXPECT_EQ(to_string(document.updated.value()), "2026-03-02");
    EXPECT_EQ(document.owner, "Kultur og Fritid");
    for (const auto gone :
         {"Forside", "Lyt til", "Hent som", "Facebook", "Klik på", "Sidst opdateret", "13.45",
          "Udskriv", "Tip en ven", "nyttig", "ikke svar"}) {
        EXPECT_FALSE(holds(text, gone)) << gone;
    }
    for (const auto stays :
         {"det lille bassin er lukket til juni", "Siden den 1. maj 2025", "Gælder fra: 1. januar",
          "Ansvarlig: Halinspektør Lis Holm", "Senest revideret: 12. december 2025", "- Print",
          "Print koster 2 kr.", "Telefon 99 00 10 10", "Mandag-fredag kl. 9-14"}) {
        EXPECT_TRUE(holds(text, stays)) << stays;
    }
    // Once from the owner, once from the contact: the line above the heading is chrome.
    EXPECT_EQ(text.find("Kultur og fritid"), std::string::npos);
}

TEST(PageLines, LeaveMarkdownButNotACaseInIt) {
    const Parsed parsed = parse_file("page-lines.md");
    const std::string text = everything(parsed);
    EXPECT_EQ(to_string(parsed.documents.at(0).updated.value()), "2026-04-01");
    EXPECT_FALSE(holds(text, "revideret"));
    EXPECT_FALSE(holds(text, "Side 3"));
    EXPECT_TRUE(holds(text, "Ansvarlig: Driftsleder Bo Lund"));
}

TEST(PageLines, LeaveAPaperWhatMayBeItsMatter) {
    Blocks blocks(4);
    blocks[0].text = "Ansvarlig: Lis Holm";
    blocks[1].text = "Revideret den 3. marts 2026";
    blocks[2].text = "Dok.nr.: 2012-204021\nSidst opdateret 1. maj 2026";
    blocks[3].text = "Vi bruger cookies til statistik.";
    std::optional<Date> updated;
    std::string owner;
    take_page_lines(blocks, PageKind::paper, updated, owner);
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[0].text, "Ansvarlig: Lis Holm");
    EXPECT_EQ(blocks[1].text, "Revideret den 3. marts 2026");
    EXPECT_EQ(to_string(updated.value()), "2026-05-01");
    EXPECT_EQ(owner, "");
}

TEST(PageLines, KeepTheLinksOfWhatGoes) {
    Blocks blocks(2);
    blocks[0].text = "2. Køb af jord (lukket)";
    blocks[1].text = "Hent som PDF";
    blocks[1].links = {"lukket.pdf"};
    std::optional<Date> updated;
    std::string owner;
    take_page_lines(blocks, PageKind::paper, updated, owner);
    ASSERT_EQ(blocks.size(), 1U);
    EXPECT_EQ(blocks[0].links, std::vector<std::string>{"lukket.pdf"});
}

TEST(PageLines, APageOnCookiesSaysWhatTheyAreFor) {
    for (const auto& [title, stays] : {std::pair("Cookies", true), std::pair("Parkering", false)}) {
        const auto parsed = parse_bytes("<body><main><h1>" + std::string(title) +
                                            "</h1><p>Vi bruger cookies til statistik.</p><p>Læs "
                                            "mere om os.</p></main></body>",
                                        "p.html");
        ASSERT_TRUE(parsed);
        EXPECT_EQ(holds(everything(*parsed), "til statistik"), stays) << title;
    }
}

TEST(PageLines, ANameWithThePagesOwnDateIsItsByline) {
    const auto parsed = parse_bytes(
        "<html><head><meta name=last-modified content=2026-09-14></head><body><main><h1>Tablet</h1>"
        "<p>Udstyret tilhører kommunen.</p><p>Rettet udgave, 13. september 2026</p>"
        "<p>It-service, 14. september 2026</p></main></body></html>",
        "p.html");
    ASSERT_TRUE(parsed);
    EXPECT_FALSE(holds(everything(*parsed), "It-service"));
    EXPECT_TRUE(holds(everything(*parsed), "13. september 2026"));
}

}  // namespace
}  // namespace raadbot::ingest
