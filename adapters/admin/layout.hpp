// The frame around every page of the administration, and the parts that pages are made of: forms
// that work without script, tables, states. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/admin/options.hpp"
#include "adapters/web/html.hpp"
#include "adapters/web/texts.hpp"

namespace raadbot::admin {

using web::Html;
using web::Markup;
using web::Texts;

/// What surrounds every page.
struct Frame {
    const Texts& texts;
    const Options& options;
    std::string path = "/";
    std::string person;  ///< Empty: nobody is signed in.
    governance::Roles roles;
    std::string csrf;
    std::string done;    ///< Key below "done." of what was just done, or empty.
    std::string fault;   ///< What went wrong, in words, or empty.
    std::string paused;  ///< Why the bot is paused, or empty.
    std::size_t open_proposals = 0;
    std::size_t open_handoffs = 0;
};

[[nodiscard]] std::string page(const Frame& frame, std::string_view title, const Html& main);

/// "<form method=post ...>" with the token that only our own pages know.
void open_form(Html& html, const Frame& frame, std::string_view action);
void close_form(Html& html, std::string_view button, Markup kind = "");

struct FieldOptions {
    Markup type = "text";  ///< Or password, date, search, email.
    bool required = false;
    std::string_view hint = {};  ///< Words below the label.
    Markup autocomplete = "off";
    std::size_t most = 0;  ///< Characters; 0: no limit said.
};
void field(Html& html, Markup name, std::string_view label, std::string_view value,
           FieldOptions options = {});
void area(Html& html, Markup name, std::string_view label, std::string_view value,
          FieldOptions options = {});
/// Values with their words; the chosen one is selected.
using Choices = std::vector<std::pair<std::string, std::string>>;
void choice(Html& html, Markup name, std::string_view label, const Choices& choices,
            std::string_view chosen);
void hidden(Html& html, Markup name, std::string_view value);

/// A table in a box that scrolls by itself on small screens.
void open_table(Html& html, std::string_view label, const std::vector<std::string_view>& columns);
void close_table(Html& html);
void cell(Html& html, std::string_view text);
void figure_cell(Html& html, std::string_view text);
void link_cell(Html& html, std::string_view path, std::string_view text);

void heading(Html& html, std::string_view text);
void paragraph(Html& html, std::string_view text);
/// A word in a pill, coloured by what it means: also said in words, never by colour alone.
void pill(Html& html, Markup kind, std::string_view text);

}  // namespace raadbot::admin
