// Who is in a room decides what may be retrieved for it.
#include "adapters/matrix/room.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/fake_homeserver.hpp"

namespace raadbot::matrix {
namespace {

using namespace test;

constexpr const char* room_id = "!udvalg";

Room room_of(const std::vector<Json>& more, const std::vector<std::string>& people = {lone, bo}) {
    Json all =
        Json::array({member(bot_id, "join", room_id),
                     state("m.room.join_rules", "", room_id, lone, {{"join_rule", "invite"}})});
    for (const std::string& person : people) all.push_back(member(person, "join", room_id));
    for (const Json& item : more) all.push_back(item);
    return *parse_room(RoomId{room_id}, UserId{bot_id}, all.dump());
}

Options with(std::vector<Grant> grants) {
    Options options = matrix_options();
    options.audiences = std::move(grants);
    return options;
}

std::string names(const std::vector<Audience>& audiences) {
    std::vector<std::string> all;
    for (const Audience& audience : audiences) all.push_back(audience.value);
    std::sort(all.begin(), all.end());
    std::string out;
    for (const std::string& name : all) out += (out.empty() ? "" : " ") + name;
    return out;
}

const Grant council_room{.room = room_id, .audiences = {Audience{"council"}}};

TEST(Room, CountsOthersOnly) {
    EXPECT_EQ(room_of({}).people(), 2U);
    EXPECT_TRUE(room_of({}, {lone}).is_direct());
    EXPECT_FALSE(room_of({}).is_direct());
    EXPECT_FALSE(room_of({member("@gaest:andet.example", "invite", room_id)}, {lone}).is_direct());
    EXPECT_EQ(room_of({member(bo, "leave", room_id)}, {lone}).people(), 1U);
    EXPECT_TRUE(room_of({}).bot_is_in);
}

TEST(Room, SurvivesAnyState) {
    EXPECT_FALSE(parse_room(RoomId{"!r"}, UserId{bot_id}, "{}"));
    EXPECT_FALSE(parse_room(RoomId{"!r"}, UserId{bot_id}, ""));
    EXPECT_TRUE(
        parse_room(RoomId{"!r"}, UserId{bot_id},
                   R"([1,null,{},{"type":5},{"type":"m.room.create","content":{"predecessor":7}},
        {"type":"m.room.member","state_key":9,"content":[]},{"type":"m.space.child","state_key":"!x","content":{"via":"x"}}])"));
}

TEST(Audiences, ArePublicWithoutGrants) {
    EXPECT_EQ(names(audiences_of(room_of({}), {}, {}, with({}))), "public");
}

TEST(Audiences, OfARoomAreItsOwnPeoples) {
    EXPECT_EQ(names(audiences_of(room_of({}), {}, {}, with({council_room}))), "council public");
}

TEST(Audiences, FallToTheLeastEntitledMember) {
    const Room with_guest = room_of({}, {lone, "@gaest:andet.example"});
    EXPECT_EQ(names(audiences_of(with_guest, {}, {}, with({council_room}))), "public");
    const Room guest_invited = room_of({member("@gaest:andet.example", "invite", room_id)}, {lone});
    EXPECT_EQ(names(audiences_of(guest_invited, {}, {}, with({council_room}))), "public");
    // The guest is entitled by name.
    const Grant guest{.user = "@gaest:andet.example", .audiences = {Audience{"council"}}};
    EXPECT_EQ(names(audiences_of(with_guest, {}, {}, with({council_room, guest}))),
              "council public");
}

TEST(Audiences, OfAPersonHoldEverywhere) {
    const Grant user{.user = lone, .audiences = {Audience{"committee:teknik"}}};
    EXPECT_EQ(names(audiences_of(room_of({}, {lone}), {}, {}, with({user}))),
              "committee:teknik council public");
    EXPECT_EQ(names(audiences_of(room_of({}, {lone, bo}), {}, {}, with({user}))), "public");
    const Grant server{.server = "egelund.example", .audiences = {Audience{"council"}}};
    EXPECT_EQ(names(audiences_of(room_of({}, {lone, bo}), {}, {}, with({user, server}))),
              "council public");
}

TEST(Audiences, OfOpenRoomsArePublic) {
    for (const char* rule : {"public", "restricted", "knock_restricted", "", "org.example.new"}) {
        EXPECT_EQ(
            names(audiences_of(
                room_of({state("m.room.join_rules", "", room_id, lone, {{"join_rule", rule}})}), {},
                {}, with({council_room}))),
            "public")
            << rule;
    }
    EXPECT_EQ(names(audiences_of(room_of({state("m.room.history_visibility", "", room_id, lone,
                                                {{"history_visibility", "world_readable"}})}),
                                 {}, {}, with({council_room}))),
              "public");
}

TEST(Audiences, OfRestrictedRoomsCountWhoMayCome) {
    const auto restricted = [](Json allow) {
        return state("m.room.join_rules", "", room_id, lone,
                     {{"join_rule", "restricted"}, {"allow", std::move(allow)}});
    };
    const Json by_space{{"type", "m.room_membership"}, {"room_id", "!space"}};
    Room room = room_of({restricted(Json::array({by_space}))});
    ASSERT_EQ(room.doors, std::vector<RoomId>{RoomId{"!space"}});
    EXPECT_EQ(names(audiences_of(room, {}, {}, with({council_room}))), "public");
    room.may_come = {lone, bo, "@eva:egelund.example"};
    EXPECT_EQ(names(audiences_of(room, {}, {}, with({council_room}))), "council public");
    room.may_come->insert("@gaest:andet.example");
    EXPECT_EQ(names(audiences_of(room, {}, {}, with({council_room}))), "public");
    // A condition that is not known lets in nobody knows whom.
    EXPECT_TRUE(
        room_of({restricted(Json::array({by_space, {{"type", "org.example.x"}}}))}).doors.empty());
}

TEST(Audiences, ComeThroughSpacesAndReplacedRooms) {
    const Grant space{.space = "!space", .audiences = {Audience{"council"}}};
    EXPECT_EQ(names(audiences_of(room_of({}), {}, {}, with({space}))), "public");
    EXPECT_EQ(names(audiences_of(room_of({}), {RoomId{"!space"}}, {}, with({space}))),
              "council public");
    const Grant old{.room = "!old", .audiences = {Audience{"council"}}};
    EXPECT_EQ(names(audiences_of(room_of({}), {}, {}, with({old}))), "public");
    EXPECT_EQ(names(audiences_of(room_of({}), {}, {RoomId{"!old"}}, with({old}))),
              "council public");
}

TEST(Audiences, OfUnreadableMembersArePublic) {
    Json odd = member("x", "join", room_id);
    EXPECT_EQ(names(audiences_of(room_of({odd}), {}, {}, with({council_room}))), "public");
}

}  // namespace
}  // namespace raadbot::matrix
