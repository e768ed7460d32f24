#include "adapters/fetch/media.hpp"

#include <algorithm>
#include <array>

#include "adapters/fetch/page_scan.hpp"

namespace raadbot::fetch {

std::string extension_of(std::string_view path) {
    const auto dot = path.rfind('.');
    if (dot == std::string_view::npos || path.find('/', dot) != std::string_view::npos) return {};
    std::string out(path.substr(dot + 1));
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

bool is_unwanted_file(const http::WebUrl& url) {
    static constexpr std::array<std::string_view, 33> endings = {
        "jpg", "jpeg", "png",  "gif",  "webp",  "svg", "ico", "bmp", "tif", "tiff", "css",
        "js",  "mjs",  "map",  "woff", "woff2", "ttf", "eot", "mp3", "mp4", "m4a",  "m4v",
        "avi", "mov",  "webm", "wav",  "ogg",   "zip", "7z",  "rar", "exe", "ics",  "vcf"};
    const std::string ending = extension_of(url.path);
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

Media media_of(const Fetched& response, const http::WebUrl& url) {
    const std::string type = media_type(response.field("Content-Type"));
    if (type == "text/html" || type == "application/xhtml+xml") return Media::html;
    static constexpr std::array<std::string_view, 8> documents = {
        "application/pdf",
        "text/plain",
        "text/markdown",
        "text/vtt",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "text/x-markdown",
        "application/x-pdf"};
    if (std::find(documents.begin(), documents.end(), type) != documents.end())
        return Media::document;
    if (type == "application/rss+xml" || type == "application/atom+xml") return Media::feed;
    const std::string ending = extension_of(url.path);
    if (type.empty() || type == "application/octet-stream" || type == "binary/octet-stream") {
        if (ending == "pdf" || ending == "docx" || ending == "vtt" || ending == "md")
            return Media::document;
        if (type.empty()) return Media::html;
    }
    return Media::other;
}

bool is_wanted(const Fetched& head, const http::WebUrl& url) {
    return head.status != 200 || media_of(head, url) != Media::other;
}

}  // namespace raadbot::fetch
