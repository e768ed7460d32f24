// Kinds of answers over a small invented town whose pages are shaped otherwise than the other
// towns' are: lists, calendars, tables, offices, recordings; and for each kind what is near and
// must be refused.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot {
namespace {

using nlohmann::json;

constexpr const char* config = R"(data_dir = "data"
municipality = "Fjordby Kommune"
[[source]]
id = "sider"
kind = "website"
path = "sider"
base_url = "https://fjordby.example/"
[[source]]
id = "moeder"
kind = "meetings"
path = "moeder"
base_url = "https://moeder.fjordby.example/"
[[source]]
id = "video"
kind = "video"
path = "video"
base_url = "https://video.fjordby.example/"
)";

constexpr const char* bodies_page = R"(---
title: "Politisk organisation 2026-2029"
updated: 2026-02-01
---
# Politisk organisation 2026-2029

Byrådet har nedsat tre stående udvalg.

- Økonomiudvalget
- Vej- og Havneudvalget: 5 medlemmer, formand Bo Dam (V)
- Børne- og Ungeudvalget: 5 medlemmer, formand Ida Mose (A)

Borgmester er Åse Lind (K). Der er 46 tilhørerpladser i salen.


## Vej- og Havneudvalgets medlemmer

| Medlem | Parti | Opgave |
|---|---|---|
| Bo Dam | V | Formand |
| Per Klit | A | Næstformand |
| Signe Vang | K | Medlem |
)";

constexpr const char* calendar_page = R"(---
title: "Mødedatoer"
updated: 2026-10-01
---
# Mødedatoer

## Vej- og Havneudvalget 2026

- mandag den 7. september kl. 15 i Havnehuset
- mandag den 7. december kl. 15 i Havnehuset

## Byrådet 2027

Byrådet holder møde den 26. januar, den 23. februar og den 30. marts kl. 17.
)";

constexpr const char* prices_page = R"(---
title: "Priser i badet"
---
# Priser i badet

| Gæst | Pris i 2026 | Pris i 2027 |
|---|---|---|
| 0-5 år | 0 kr. | 0 kr. |
| 6-17 år | 21 kr. | 22 kr. |
| 18-66 år | 44 kr. | 46 kr. |
| Fra 67 år | 31 kr. | 32 kr. |

## Åbningstider for badet

| Ugedag | Åbent |
|---|---|
| Mandag-torsdag | 6.30-20 |
| Fredag | 6.30-18 |
| Lørdag | 9-14 |
)";

constexpr const char* office_page = R"(---
title: "Kontoret for skole og pasning"
---
# Kontoret for skole og pasning

## Åbningstider på kontoret

| Dag | Åbent |
|---|---|
| Mandag | 9-14 |
| Tirsdag | 9-14 |
| Onsdag | 9-13 |
| Torsdag | 9-17 |
| Fredag | 9-12 |

## Pasning efter skole

SFO koster 1.480 kr. om måneden. Søskende får 40 procents rabat på den billigste plads.
)";

constexpr const char* music_page = R"(---
title: "Musikskolen"
---
# Musikskolen

Undervisning koster 310 kr. om måneden, som betales senest den 5. i måneden. Vi holder lukket i
uge 52 og andre skoleferier. Søskende får 20 procents rabat på undervisningen.

## Besøg

| Dag | Skranken |
|---|---|
| Mandag-onsdag | 10-15 |
| Torsdag | 12-18 |
)";

constexpr const char* pay_page = R"(---
title: "Vederlag"
---
# Vederlag

| Hverv | Andel af borgmesterens løn |
|---|---|
| Formand for Vej- og Havneudvalget | 17 pct. |
| Formand for Børne- og Ungeudvalget | 21 pct. |
)";

constexpr const char* harbour_page = R"(---
title: "Lystbådehavnen"
---
# Lystbådehavnen

Havnefogeden fører tilsyn med bådpladserne og alle havneafgifter.

## Afgifter

| Type | Om året |
|---|---|
| Sejlbåd | 2.100 kr. |
| Motorbåd | 2.900 kr. |
| Jolle | 450 kr. |

## Bådplads

En bådplads søges hos havnefogeden.

Ansøgningen om bådplads vedlægges:

- forsikringsbevis
- målebrev
- gyldig legitimation

## Ikke tilladt på broerne

- at fiske
- at grille
)";

constexpr const char* minutes = R"(<!doctype html>
<html lang="da"><head><meta charset="utf-8"><title>Referat - Byrådet - tirsdag den 27. oktober 2026 kl. 17.00</title><link rel="canonical" href="https://moeder.fjordby.example/vis?id=1"></head><body>
<main><h1 class="dato">Referat</h1>
<div class="moedeinfo"><span class="udvalg">Byrådet</span> <span class="dato">tirsdag den 27. oktober 2026 kl. 17.00</span> <span class="sted">Salen</span></div>
<p>Fraværende: Per Klit</p>
<table id="dagsordenDetaljer"><tbody>
<tr class="punktrow" id="punktrow_1"><td><span class="label">1</span><h2 class="overskrift">Gangbro over Mølleåen</h2><span class="sagsnummer">Sagsnr.: 05.01.00-P20-7-26</span><div class="details">
<div class="punkt"><h3>Sagsfremstilling</h3><p>Gangbroen skal forbinde stationen og skolen.</p></div>
<div class="punkt"><h3>Beslutning</h3><p>Godkendt.</p></div>
<div class="punkt"><h3>Bilag</h3><ul class="bilag"><li><a href="/pdf?id=a">Tegning af gangbroen</a></li><li><a href="/pdf?id=b">Høringsnotat</a></li></ul></div>
</div></td></tr>
<tr class="punktrow" id="punktrow_2"><td><span class="label">2</span><h2 class="overskrift">Budget 2027-2030, 2. behandling</h2><span class="sagsnummer">Sagsnr.: 00.30.00-S00-1-26</span><div class="details">
<div class="punkt"><h3>Sagsfremstilling</h3><p>Budgetforliget er indgået den 3. september 2026 mellem V, K og A. Taksterne følger pristallet.</p></div>
<div class="punkt"><h3>Beslutning</h3><p>Vedtaget.</p></div>
</div></td></tr>
</tbody></table></main></body></html>
)";

constexpr const char* committee_minutes = R"(<!doctype html>
<html lang="da"><head><meta charset="utf-8"><title>Referat - Vej- og Havneudvalget - mandag den 7. september 2026 kl. 15.00</title><link rel="canonical" href="https://moeder.fjordby.example/vis?id=2"></head><body>
<main><h1 class="dato">Referat</h1>
<div class="moedeinfo"><span class="udvalg">Vej- og Havneudvalget</span> <span class="dato">mandag den 7. september 2026 kl. 15.00</span> <span class="sted">Havnehuset</span></div>
<table id="dagsordenDetaljer"><tbody>
<tr class="punktrow" id="punktrow_9"><td><span class="label">1</span><h2 class="overskrift">Gangbro over Mølleåen</h2><span class="sagsnummer">Sagsnr.: 05.01.00-P20-7-26</span><div class="details">
<div class="punkt"><h3>Indstilling</h3><p>Forvaltningen indstiller, at broen bygges af træ.</p></div>
<div class="punkt"><h3>Beslutning</h3><p>Anbefales med lys på broen.</p></div>
</div></td></tr>
</tbody></table></main></body></html>
)";

constexpr const char* coming_agenda = R"(<!doctype html>
<html lang="da"><head><meta charset="utf-8"><title>Dagsorden - Byrådet - tirsdag den 24. november 2026 kl. 17.00</title><link rel="canonical" href="https://moeder.fjordby.example/vis?id=3"></head><body>
<main><h1 class="dato">Dagsorden</h1>
<div class="moedeinfo"><span class="udvalg">Byrådet</span> <span class="dato">tirsdag den 24. november 2026 kl. 17.00</span> <span class="sted">Salen</span></div>
<table id="dagsordenDetaljer"><tbody>
<tr class="punktrow" id="punktrow_1"><td><span class="label">1</span><h2 class="overskrift">Nye bænke i parken</h2><span class="sagsnummer">Sagsnr.: 04.01.00-P20-9-26</span><div class="details">
<div class="punkt"><h3>Sagsfremstilling</h3><p>Bænkene er slidte.</p></div>
</div></td></tr>
</tbody></table></main></body></html>
)";

constexpr const char* recording = R"(WEBVTT

NOTE
Byrådet 2026-10-27

1
00:00:00.000 --> 00:00:01.000
<v Åse Lind>Velkommen til byrådets møde den 27. oktober 2026. Vi tager spørgetiden først.

2
00:00:01.000 --> 00:00:03.000
<v Borger>Hvornår bliver hullet i Møllegade lavet? Det har ligget der siden maj.

3
00:00:03.000 --> 00:00:04.000
<v Åse Lind>Tak. Det svarer Bo Dam på.

4
00:00:04.000 --> 00:00:06.000
<v Bo Dam>Asfalten er bestilt, og det bliver lukket i uge 46. Arbejdet varer to dage.

5
00:00:06.000 --> 00:00:09.000
<v Åse Lind>Punkt 1 er gangbroen over Mølleåen.

6
00:00:09.000 --> 00:00:20.000
<v Bo Dam>Den får lys hele vejen, og den bliver åben om natten.

3
00:00:20.000 --> 00:00:30.000
<v Signe Vang>Vi i Konservative synes, at træet er for dyrt at holde ved lige.

4
00:00:30.000 --> 00:00:40.000
<v Åse Lind>Jeg er glad for, at børnene får en sikker vej til skole. Broen er vedtaget.

5
00:00:40.000 --> 00:00:50.000
<v Åse Lind>Punkt 2 er taksterne for havnen.

6
00:00:50.000 --> 00:01:00.000
<v Ida Mose>Bådejerne har råd til ti kroner mere.
)";

class KindsOfAnswers : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = new support::TemporaryFolder;
        folder_->write("town.toml", config);
        folder_->write("sider/organisation.md", bodies_page);
        folder_->write("sider/moededatoer.md", calendar_page);
        folder_->write("sider/badet.md", prices_page);
        folder_->write("sider/kontoret.md", office_page);
        folder_->write("sider/havnen.md", harbour_page);
        folder_->write("sider/musikskolen.md", music_page);
        folder_->write("sider/vederlag.md", pay_page);
        folder_->write("moeder/byr-2026-10-27.html", minutes);
        folder_->write("moeder/vhu-2026-09-07.html", committee_minutes);
        folder_->write("moeder/byr-2026-11-24.html", coming_agenda);
        folder_->write("video/byr-2026-10-27.vtt", recording);
        const auto outcome = support::run({RAADBOT_BINARY, "ingest", "--config", path()});
        ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    }
    static void TearDownTestSuite() {
        delete folder_;
        folder_ = nullptr;
    }
    static std::string path() { return (*folder_ / "town.toml").string(); }

    /// `previous`: the question before, or empty.
    static json ask(const std::string& question, const std::string& previous = {}) {
        std::vector<std::string> arguments{
            RAADBOT_BINARY, "ask",  "--json", "--now", "2026-11-23T09:00:00+01:00",
            "--config",     path(), question};
        if (!previous.empty()) arguments.insert(arguments.end(), {"--previous", previous});
        const auto outcome = support::run(arguments);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        return json::parse(outcome.out);
    }

    static void answers(const std::string& question, const std::vector<std::string>& facts,
                        const std::vector<std::string>& never = {},
                        const std::string& previous = {}) {
        const json answer = ask(question, previous);
        EXPECT_EQ(answer["kind"], "answered") << question;
        const std::string text = answer["text"];
        for (const std::string& fact : facts)
            EXPECT_NE(text.find(fact), std::string::npos) << question << '\n'
                                                          << fact << '\n'
                                                          << text;
        for (const std::string& wrong : never)
            EXPECT_EQ(text.find(wrong), std::string::npos) << question << '\n' << text;
        // Each item is proved by a span of its own.
        for (const json& sentence : answer["sentences"])
            EXPECT_FALSE(sentence["citations"].empty());
    }
    static void refuses(const std::string& question, const std::string& previous = {}) {
        const json answer = ask(question, previous);
        EXPECT_EQ(answer["kind"], "refused") << question << '\n' << answer["text"];
    }

    static support::TemporaryFolder* folder_;
};
support::TemporaryFolder* KindsOfAnswers::folder_ = nullptr;

TEST_F(KindsOfAnswers, Lists) {
    answers("hvilke udvalg har vi",
            {"Økonomiudvalget", "Vej- og Havneudvalget", "Børne- og Ungeudvalget"});
    answers("hvem sidder i havneudvalget", {"Bo Dam", "Per Klit", "Signe Vang"}, {"Ida Mose"});
    answers("hvilke bilag er der til sagen om gangbroen", {"Tegning af gangbroen", "Høringsnotat"});
    refuses("hvem sidder i ungeudvalget");
    refuses("hvem sidder i jagtudvalget");
    refuses("hvilke bilag er der til sagen om svømmehallen");
}

TEST(KindsOfAnswersElsewhere, EachSectionOfAPageIsAnItem) {
    const std::vector<std::string> committees{"Økonomiudvalget", "Vejudvalget",   "Skoleudvalget",
                                              "Kulturudvalget",  "Miljøudvalget", "Socialudvalget",
                                              "Havneudvalget"};
    std::string page = "# Udvalgene\n\nDe stående udvalg og deres formænd.\n";
    for (const std::string& committee : committees)
        page += "\n## " + committee + "\n\nFormand er valgt af byrådet. Fem medlemmer.\n";
    const support::TemporaryFolder folder;
    folder.write("town.toml", std::string(config).substr(
                                  0, std::string(config).find("[[source]]\nid = \"moeder")));
    folder.write("sider/udvalg.md", page);
    const std::string path = (folder / "town.toml").string();
    ASSERT_EQ(support::run({RAADBOT_BINARY, "ingest", "--config", path}).exit_code, 0);
    const auto outcome =
        support::run({RAADBOT_BINARY, "ask", "--json", "--now", "2026-11-23T09:00:00+01:00",
                      "--config", path, "hvilke udvalg har vi"});
    const json answer = json::parse(outcome.out);
    for (const std::string& committee : committees)
        EXPECT_NE(answer["text"].get<std::string>().find(committee), std::string::npos)
            << answer["text"];
}

TEST_F(KindsOfAnswers, ListsOfThingsThatAPageHas) {
    answers("hvilke havneafgifter er der i lystbådehavnen", {"Sejlbåd", "2.900 kr.", "Jolle"});
    refuses("hvilke tankanlæg er der i havnen");
}

TEST_F(KindsOfAnswers, WhatIsSoughtByItsName) {
    answers("hvad skal jeg have med for at få en bådplads",
            {"forsikringsbevis", "målebrev", "gyldig legitimation"}, {"medlem af klubben"});
    // The page names the papers, not the kind.
    answers("hvilke dokumenter skal jeg aflevere for at få en bådplads", {"målebrev"});
    answers("hvad må man ikke på broerne i lystbådehavnen", {"fiske", "grille"});
    refuses("hvad skal jeg have med for at få en svømmehal");
}

TEST_F(KindsOfAnswers, PartiesBehindAnAgreement) {
    answers("hvilke partier står bag budgetforliget for 2027",
            {"Byrådet, 27. oktober", "V, K og A"});
    answers("hvem er med i budgetaftalen", {"V, K og A"});
    refuses("hvilke partier står bag budgetforliget for 2031");
    refuses("hvilke partier står bag aftalen om svømmehallen");
}

TEST_F(KindsOfAnswers, WhatComesUpAtTheNextMeeting) {
    answers("hvad er på dagsordenen til næste byrådsmøde", {"Nye bænke i parken"});
    answers("hvad skal byrådet snakke om næste gang", {"Nye bænke i parken"});
    answers("hvad skal byrådet tage stilling til næste gang", {"Nye bænke i parken"});
}

TEST_F(KindsOfAnswers, Calendars) {
    answers("hvornår er næste møde i havneudvalget", {"7. december"}, {"september"});
    answers("hvornår mødes byrådet til februar", {"23. februar"});
    answers("hvornår er byrådets første møde i 2027", {"26. januar"});
    answers("hvilke datoer er der møde i foråret 2027", {"30. marts"});
    refuses("hvilke datoer er der årsmøde i foråret 2027");
    refuses("hvornår er næste møde i ungeudvalget");
    refuses("hvornår mødes jagtudvalget næste gang");
    refuses("hvornår holder havneudvalget møde i maj 2027");
    refuses("hvornår er der byrådsmøde i maj 2027");
}

TEST_F(KindsOfAnswers, Tables) {
    answers("hvad koster badet for en på 15", {"6-17 år", "21 kr."}, {"18-66 år"});
    answers("hvad koster badet når man er 70", {"Fra 67 år"}, {"18-66 år"});
    answers("hvornår har badet åbent", {"Mandag-torsdag", "Fredag", "Lørdag"}, {"Pris"});
    answers("hvornår har badet åbent om onsdagen", {"6.30-20"}, {"9-14"});
    answers("hvornår har kontoret åbent", {"Mandag", "Onsdag", "9-13", "9-17", "9-12"});
    answers("hvad koster en sfo plads", {"1.480 kr."});
    answers("hvad koster en plads i sfo", {"1.480 kr."});
    answers("hvad er åbningstiden på musikskolen", {"10-15", "12-18"});
    refuses("hvornår har badet åbent om søndagen");
    refuses("hvad koster badet for en på 15 i 2030");
}

TEST_F(KindsOfAnswers, TwoQuestionsInOne) {
    answers("hvad koster badet for en på 15, og hvornår har musikskolen åbent",
            {"21 kr.", "12-18"});
    answers("hvad koster sfo og får man søskenderabat", {"1.480 kr.", "40 procent"});
    refuses("hvad koster zoo for en på 15 og får man søskenderabat på tandlægen");
}

TEST_F(KindsOfAnswers, Stories) {
    answers(
        "vi får besøg af vores barnebarn fra Aarhus til næste år og han elsker at springe fra "
        "vippen men er bange for dybt vand, hvad koster badet for en på 15",
        {"6-17 år", "21 kr."});
    answers("vi bliver gift til sommer, hvad koster en sfo plads", {"1.480 kr."});
    refuses(
        "vi får besøg fra Aarhus til næste år og de elsker at springe fra vippen, hvad koster "
        "zoo for en på 15");
}

TEST_F(KindsOfAnswers, FollowUps) {
    // Where the answer before was found, the next one is looked for first.
    for (const auto& [before, rabat] :
         {std::pair{"hvad koster sfo", "40 procent"}, {"hvad koster musikskolen", "20 procent"}}) {
        const json answer = ask("søskenderabat?", before);
        ASSERT_EQ(answer["kind"], "answered") << before;
        const std::string first = answer["sentences"][0]["text"];
        EXPECT_NE(first.find(rabat), std::string::npos) << before << '\n' << first;
    }
    answers("og formanden for børn og unge?", {"21 pct."}, {},
            "hvor mange procent får formanden for vej og havn");
    refuses("og formanden for jagt?", "hvor mange procent får formanden for vej og havn");
    answers("hvornår skal jeg senest betale?", {"den 5."}, {}, "hvad koster musikskolen");
    answers("er der lukket i juleferien?", {"uge 52"}, {}, "hvad koster musikskolen");
    refuses("hvem er skrankemand?", "hvornår har musikskolen åbent");
    refuses("og i 2031?", "hvad koster sfo");
}

TEST_F(KindsOfAnswers, Offices) {
    answers("hvem er formand for havneudvalget", {"Bo Dam"}, {"Ida Mose"});
    answers("hvem er borgmester", {"Åse Lind"});
    refuses("hvem er formand for jagtudvalget");
    refuses("hvem er borgmester i 2031");
}

TEST_F(KindsOfAnswers, Cases) {
    answers("har sagen om gangbroen været oppe før",
            {"Vej- og Havneudvalget, 7. september 2026", "Byrådet, 27. oktober 2026"});
    answers("hvad var indstillingen om gangbroen, og hvad blev beslutningen",
            {"bygges af træ", "Godkendt"});
    answers("hvad endte det med om gangbroen", {"Byrådet, 27. oktober 2026", "Godkendt"});
    refuses("har sagen om svømmehallen været oppe før");
    refuses("hvad endte det med om svømmehallen");
    answers("hvor mange tilhørerpladser er der", {"46"});
    refuses("hvor mange tilhørere kom der til mødet den 27. oktober");
    answers("hvem var der ikke på mødet i byrådet den 27. oktober", {"Per Klit"}, {"Ida Mose"});
}

TEST_F(KindsOfAnswers, Recordings) {
    answers("hvad sagde borgmesteren om gangbroen", {"Åse Lind", "sikker vej til skole"},
            {"havnen"});
    answers("hvad mente formanden for havneudvalget om gangbroen", {"Bo Dam", "lys hele vejen"});
    answers("hvad sagde Konservative om gangbroen", {"Signe Vang", "for dyrt"});
    answers("hvad sagde Ida Mose om takster", {"ti kroner"});
    answers("hvem sagde at bådejerne har råd til mere", {"Ida Mose"});
    answers("hvorfor stemte Konservative imod gangbroen", {"Signe Vang", "for dyrt"});
    answers("hvem fra byrådet sagde at bådejerne har råd til mere", {"Ida Mose"});
    answers("hvad svarede Bo på spørgsmålet om hullet i Møllegade", {"uge 46"});
    answers("hvornår bliver hullet i Møllegade lavet ifølge mødet", {"uge 46"});
    answers("hvor længe varer arbejdet i Møllegade ifølge Bo Dam", {"to dage"});
    refuses("hvad sagde Signe Vang om takster");
    refuses("hvad sagde Signe Vang om Møllegade");
    refuses("hvad sagde Ida Mose i debatten om gangbroen");
    refuses("hvad sagde kommunaldirektøren om gangbroen");
    refuses("hvad sagde formanden for børneudvalget om gangbroen");
    refuses("hvad sagde Enhedslisten om gangbroen");
    refuses("hvad sagde Bo Dam om takster");
    refuses("hvad sagde Per Mose om takster");
}

}  // namespace
}  // namespace raadbot
