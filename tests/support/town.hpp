// A small invented town in a temporary folder: a configuration, a folder of pages, the program on
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::support {

class Town {
public:
    Town() {
        write_config();
        folder.write("pages/vederlag.md",
                     "# Vederlag\n\nDet faste vederlag er 112.203 kr. om året.\n\n## Udbetaling\n\n"
                     "Vederlaget udbetales den sidste hverdag i måneden.\n");
        folder.write(
            "pages/genbrugsplads.md",
            "# Genbrugspladsen\n\nGenbrugspladsen på Industrivej har åbent alle dage kl. 8-18.\n");
    }

    /// `extra` goes before the source table.
    void write_config(std::string_view extra = {}) const {
        folder.write("town.toml",
                     "data_dir = \"data\"\nmunicipality = \"Lunby Kommune\"\n" +
                         std::string(extra) +
                         "\n[[source]]\nid = \"pages\"\nkind = \"handbook\"\npath = \"pages\"\n"
                         "base_url = \"https://lunby.example/\"\n");
    }

    [[nodiscard]] static std::string program() { return RAADBOT_BINARY; }

    /// `raadbot <command> --config town.toml <more>`.
    [[nodiscard]] std::vector<std::string> line(const std::string& command,
                                                std::vector<std::string> more = {}) const {
        std::vector<std::string> result{program(), command, "--config",
                                        (folder / "town.toml").string()};
        for (std::string& one : more) result.push_back(std::move(one));
        return result;
    }
    [[nodiscard]] Outcome ingest(std::vector<std::string> more = {},
                                 const Conditions& conditions = {}) const {
        return run(line("ingest", std::move(more)), conditions);
    }
    /// The answer as JSON text.
    [[nodiscard]] Outcome ask(const std::string& question,
                              const Conditions& conditions = {}) const {
        return run(line("ask", {"--json", "--now", "2026-11-23T09:00:00+01:00", question}),
                   conditions);
    }

    TemporaryFolder folder;
};

}  // namespace raadbot::support
