// Files that the program carries inside it (embed.cmake makes the source): style, script, icon,
// texts.
#pragma once

#include <string_view>

namespace raadbot::web {

struct Asset {
    std::string_view name;  ///< "site.css"
    std::string_view content;
    std::string_view
        version;  ///< Of the content; stands in the URL, so that it may be cached for ever.
};

/// Throws std::out_of_range for a name that is not built in.
[[nodiscard]] const Asset& asset(std::string_view name);

}  // namespace raadbot::web
