#include "adapters/teams/manifest.hpp"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <regex>

#include "adapters/teams/icon.hpp"
#include "adapters/teams/render.hpp"

namespace raadbot::teams {
namespace {

// 1.30 is out as well; nothing of it is used, and 1.29 is what the tests can hold the package to.
constexpr const char* schema =
    "https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json";
constexpr const char* localization_schema =
    "https://developer.microsoft.com/json-schemas/teams/v1.29/"
    "MicrosoftTeams.Localization.schema.json";

struct Words {
    std::string brief, full, insert, insert_about, query, query_about, starters;
};

Words words_in(bool danish, const std::string& municipality) {
    if (danish) {
        return {"Svar på spørgsmål om kommunen, med kilde på hver sætning",
                "Raadbot svarer byrådsmedlemmer og medarbejdere med citater fra " + municipality +
                    "s eget materiale: håndbog, intranet, hjemmeside, dagsordener og referater. "
                    "Hver sætning har "
                    "sin kilde. Findes svaret ikke, siger Raadbot det. Den giver ikke holdninger, "
                    "skriver ikke "
                    "taler og ser ikke lukkede punkter. Svarene dannes automatisk.",
                "Indsæt kilde",
                "Find et sted i kommunens materiale og indsæt det i beskeden",
                "Søg",
                "Ord eller et spørgsmål",
                "Spørgsmål"};
    }
    return {"Answers about the municipality, with a source for each sentence",
            "Raadbot answers council members and staff with quotes from " + municipality +
                "'s own material: handbook, intranet, website, agendas and minutes. Each sentence "
                "has its source. If "
                "there is no answer, Raadbot says so. It gives no opinions, writes no speeches and "
                "sees no closed "
                "items. Answers are made automatically.",
            "Insert source",
            "Find a place in the municipality's material and insert it into the message",
            "Search",
            "Words or a question",
            "Questions"};
}

tl::unexpected<Error> wrong(const std::string& setting, const std::string& what) {
    return fail(ErrorCode::invalid_config, "Teams app package: " + setting + ": " + what);
}

Result<void> check(const PackageInputs& inputs) {
    static const std::regex version(R"((0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4}))");
    static const std::regex address(R"(https://[a-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?)");
    if (!is_guid(inputs.app_id)) return wrong("teams.app_id", "takes the bot's app id, a GUID");
    if (!std::regex_match(inputs.version, version))
        return wrong("version", "takes three numbers, \"1.0.0\"");
    if (inputs.name.empty() || shortened(inputs.name, 30) != inputs.name) {
        return wrong("name", "takes 1 to 30 characters");
    }
    if (inputs.municipality.empty()) return wrong("municipality", "is missing");
    if (!std::regex_match(inputs.public_url, address) || inputs.public_url.ends_with('/') ||
        inputs.public_url.size() > 1'500) {
        return wrong("public_url", "takes an https address without a slash at the end");
    }
    return {};
}

/// Prompt starters arrive as ordinary messages. Ten at most: the documentation says ten, the schema
/// twelve.
std::size_t starters(const PackageInputs& inputs) {
    return std::min<std::size_t>({inputs.questions_da.size(), inputs.questions_en.size(), 10});
}

Json manifest(const PackageInputs& in, const Words& words) {
    Json commands = Json::array();
    for (std::size_t n = 0; n < starters(in); ++n) {
        const std::string& question = in.questions_da[n];
        commands.push_back({{"title", shortened(question, 128)},
                            {"description", shortened(question, 128)},
                            {"type", "prompt"},
                            {"prompt", question}});
    }
    Json bot{{"botId", in.app_id},
             {"scopes", {"personal", "team", "groupChat"}},
             {"supportsFiles", false},
             {"isNotificationOnly", false}};
    if (!commands.empty()) {
        bot["commandLists"] = Json::array(
            {{{"scopes", {"personal", "team", "groupChat"}}, {"commands", std::move(commands)}}});
    }
    const Json parameter{{"name", "query"},
                         {"title", words.query},
                         {"description", words.query_about},
                         {"inputType", "text"}};
    const Json find{{"id", "findSource"},
                    {"type", "query"},
                    {"title", words.insert},
                    {"description", words.insert_about},
                    {"initialRun", false},
                    {"context", {"compose"}},
                    {"parameters", Json::array({parameter})}};
    return {
        {"$schema", schema},
        {"manifestVersion", "1.29"},
        {"version", in.version},
        {"id", in.app_id},
        {"developer",
         {{"name", shortened(in.municipality, 32)},
          {"websiteUrl", in.public_url + "/om"},
          {"privacyUrl", in.public_url + "/privatliv"},
          {"termsOfUseUrl", in.public_url + "/om"}}},
        {"name",
         {{"short", in.name},
          {"full", shortened(in.name + " \xE2\x80\x93 " + in.municipality, 100)}}},
        {"description", {{"short", words.brief}, {"full", words.full}}},
        {"icons", {{"color", "color.png"}, {"outline", "outline.png"}}},
        {"accentColor", accent_colour},
        {"bots", Json::array({std::move(bot)})},
        {"composeExtensions",
         Json::array({{{"botId", in.app_id}, {"commands", Json::array({find})}}})},
        {"permissions", {"identity", "messageTeamMembers"}},
        {"validDomains", Json::array({in.public_url.substr(8, in.public_url.find('/', 8) - 8)})},
        {"localizationInfo",
         {{"defaultLanguageTag", "da"},
          {"additionalLanguages", Json::array({{{"languageTag", "en"}, {"file", "en.json"}}})}}}};
}

Json english(const PackageInputs& in, const Words& words) {
    Json out{{"$schema", localization_schema},
             {"name.short", in.name},
             {"name.full", shortened(in.name + " \xE2\x80\x93 " + in.municipality, 100)},
             {"description.short", words.brief},
             {"description.full", words.full},
             {"composeExtensions[0].commands[0].title", words.insert},
             {"composeExtensions[0].commands[0].description", words.insert_about},
             {"composeExtensions[0].commands[0].parameters[0].title", words.query},
             {"composeExtensions[0].commands[0].parameters[0].description", words.query_about}};
    for (std::size_t n = 0; n < starters(in); ++n) {
        const std::string at = "bots[0].commandLists[0].commands[" + std::to_string(n) + "].";
        out[at + "title"] = shortened(in.questions_en[n], 128);
        out[at + "description"] = shortened(in.questions_en[n], 128);
        out[at + "prompt"] = in.questions_en[n];
    }
    return out;
}

}  // namespace

Result<std::map<std::string, std::string>> package_files(const PackageInputs& inputs) {
    if (auto good = check(inputs); !good) return tl::unexpected(good.error());
    std::map<std::string, std::string> files;
    files["manifest.json"] = manifest(inputs, words_in(true, inputs.municipality)).dump(2) + "\n";
    files["en.json"] = english(inputs, words_in(false, inputs.municipality)).dump(2) + "\n";
    files["color.png"] = colour_icon();
    files["outline.png"] = outline_icon();
    return files;
}

Result<void> write_package(const PackageInputs& inputs, const std::filesystem::path& path) {
    const auto files = package_files(inputs);
    if (!files) return tl::unexpected(files.error());
    const auto cannot = [&](const std::string& why) {
        return fail(ErrorCode::unavailable, "cannot write " + path.string() + ": " + why);
    };
    int code = 0;
    zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (zip == nullptr) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string why = zip_error_strerror(&error);
        zip_error_fini(&error);
        return cannot(why);
    }
    for (const auto& [name, bytes] : *files) {
        // The bytes live in `files` until zip_close has written them.
        zip_source_t* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
        if (source == nullptr || zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) {
            const std::string why = zip_strerror(zip);
            if (source != nullptr) zip_source_free(source);
            zip_discard(zip);
            return cannot(why);
        }
    }
    if (zip_close(zip) != 0) {
        const std::string why = zip_strerror(zip);
        zip_discard(zip);
        return cannot(why);
    }
    return {};
}

}  // namespace raadbot::teams
