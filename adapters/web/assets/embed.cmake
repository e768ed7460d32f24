# Writes OUT, a C++ source that holds the files of FILES (separated by "|") as bytes. Run with cmake -P.
string(REPLACE "|" ";" FILES "${FILES}")
set(arrays "")
set(table "")
set(index 0)
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" hex HEX)
  file(SHA256 "${file}" hash)
  string(SUBSTRING "${hash}" 0 12 version)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "const unsigned char file_${index}[] = {${bytes}0};\n")
  string(APPEND table "    {\"${name}\", text(file_${index}, sizeof file_${index} - 1), \"${version}\"},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUT}.new" "// Made by embed.cmake.
#include <stdexcept>
#include <string>

#include \"adapters/web/assets.hpp\"

namespace raadbot::web {
namespace {

${arrays}
std::string_view text(const unsigned char* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

const Asset assets[] = {
${table}};

}  // namespace

const Asset& asset(std::string_view name) {
    for (const Asset& asset : assets) {
        if (asset.name == name) return asset;
    }
    throw std::out_of_range(\"no built-in file \" + std::string(name));
}

}  // namespace raadbot::web
")
file(RENAME "${OUT}.new" "${OUT}")
