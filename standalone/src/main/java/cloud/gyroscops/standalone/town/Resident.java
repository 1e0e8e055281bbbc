package cloud.gyroscops.standalone.town;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * A user of the town.
 *
 * @param id of the user
 * @param number in the town
 * @param company whom it belongs to
 * @param first name
 * @param last name
 * @param username unique in the town
 * @param leaves whether it is deleted in the end; such a user pays nothing, so that no payment can come too late
 */
record Resident(String id, int number, Company company, Name first, Name last, String username, boolean leaves) {

    private static final List<String> ROLES =
            List.of("admin", "accountant", "cashier", "support", "auditor", "manager", "viewer");
    private static final int LEAVING_PERCENT = 1;

    static List<Resident> all(Town town, List<Company> companies) {
        var usernames = new HashMap<String, Integer>();
        var residents = new ArrayList<Resident>();
        for (int number = 1; number <= town.users(); number++) {
            var dice = Dice.of(town.seed(), "user", number);
            var first = dice.pick(Name.FIRST);
            var last = dice.pick(Name.LAST);
            var username = first.plain() + "." + last.plain();
            int namesakes = usernames.merge(username, 1, Integer::sum);
            residents.add(new Resident(
                    town.id("u", number),
                    number,
                    number <= companies.size() ? companies.get(number - 1) : someCompany(dice, companies),
                    first,
                    last,
                    namesakes == 1 ? username : username + namesakes,
                    dice.percent(LEAVING_PERCENT)));
        }
        return List.copyOf(residents);
    }

    /** Some are larger than others. */
    static Company someCompany(Dice dice, List<Company> companies) {
        return companies.get(Math.min(dice.below(companies.size()), dice.below(companies.size())));
    }

    TownCommand arrival(long seed) {
        var dice = Dice.of(seed, "user-arrival", number);
        var payload = TownCommand.object()
                .put("username", username)
                .put("email", username + "@" + company.domain())
                .put("firstName", first.written())
                .put("lastName", last.written())
                .put("organizationId", company.id());
        payload.putArray("roles").add(dice.pick(ROLES));
        var command = TownCommand.of("CreateUser", id, 1, payload);
        return dice.percent(30) ? command.by("hr").noting("source", "staff-import") : command;
    }

    /** What happens in the days after: verified, given roles, seen. */
    Stream<TownCommand> settling(long seed) {
        var dice = Dice.of(seed, "user-settling", number);
        var commands = new ArrayList<TownCommand>();
        if (dice.percent(85)) {
            commands.add(next(commands, 1, "VerifyUserEmail"));
        }
        if (dice.percent(25)) {
            var roles = next(commands, 1, "AssignUserRoles").by("admin");
            // Never what it has had: one role before, two now.
            int role = dice.below(ROLES.size());
            roles.payload()
                    .putArray("roles")
                    .add(ROLES.get(role))
                    .add(ROLES.get((role + dice.between(1, ROLES.size() - 1)) % ROLES.size()));
            commands.add(roles);
        }
        if (dice.percent(60)) {
            var login = next(commands, 1, "RecordUserLogin").noting("client", dice.percent(50) ? "web" : "app");
            if (dice.percent(30)) {
                // Long ago enough to be the past wherever a clock stands.
                login.payload()
                        .put(
                                "loggedInAt",
                                String.format(
                                        "2025-%02d-%02dT08:%02d:00Z",
                                        dice.between(1, 12), dice.between(1, 28), dice.below(60)));
            }
            commands.add(login);
        }
        return commands.stream();
    }

    /** What happens in the end: some are seen again, some are disabled, a few leave. */
    Stream<TownCommand> later(long seed) {
        var dice = Dice.of(seed, "user-later", number);
        int before = 1 + (int) settling(seed).count();
        var commands = new ArrayList<TownCommand>();
        if (dice.percent(30)) {
            commands.add(next(commands, before, "RecordUserLogin"));
        }
        if (leaves || dice.percent(4)) {
            commands.add(next(commands, before, "DisableUser").by("admin").noting("ticket", "HR-" + number));
        }
        if (leaves) {
            commands.add(next(commands, before, "DeleteUser").by("admin").noting("ticket", "HR-" + number));
        }
        return commands.stream();
    }

    private TownCommand next(List<TownCommand> commands, int before, String type) {
        return TownCommand.of(type, id, before + commands.size() + 1, TownCommand.object());
    }
}
