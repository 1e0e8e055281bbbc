package cloud.gyroscops.topology.broker;

import static cloud.gyroscops.topology.broker.Installation.command;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.gyroscops.contract.AggregateType;
import cloud.gyroscops.contract.CommandResult;
import cloud.gyroscops.contract.RefusalReason;
import cloud.gyroscops.contract.ResultStatus;
import cloud.gyroscops.contract.organization.CreateOrganization;
import cloud.gyroscops.contract.organization.RenameOrganization;
import cloud.gyroscops.contract.payment.CaptureMethod;
import cloud.gyroscops.contract.payment.CompletePayment;
import cloud.gyroscops.contract.payment.CreatePayment;
import cloud.gyroscops.contract.payment.Processor;
import cloud.gyroscops.contract.payment.RefundPayment;
import cloud.gyroscops.contract.user.CreateUser;
import cloud.gyroscops.contract.user.DeleteUser;
import cloud.gyroscops.contract.user.UpdateUser;
import cloud.gyroscops.schemas.Aggregate;
import cloud.gyroscops.schemas.CommandMessage;
import cloud.gyroscops.topology.broker.Installation.Answered;
import cloud.gyroscops.topology.command.CommandSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What is unique is unique, and who is referred to is there, whichever partitions are concerned. */
class GuaranteesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static Broker broker;

    @TempDir
    private Path directory;

    private Installation installation;
    private int handled;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Broker();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start(TestInfo test) {
        installation = new Installation(
                broker.bootstrapServers(), test.getTestMethod().orElseThrow().getName(), directory);
        installation.start();
        accept(command("home", "home", null, new CreateOrganization("Home")));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void ofAThousandUsersWhoWantFiveHundredEmailsFiveHundredGetThem() {
        var commands = new ArrayList<CommandMessage>();
        for (int i = 0; i < 1_000; i++) {
            commands.add(create("u-" + i, "user-" + i, (i < 500 ? "ada-" : "ADA-") + i % 500 + "@acme.test"));
        }

        var results = handle(commands);

        assertThat(reasons(results)).isEqualTo(Map.of("ACCEPTED", 500L, "EMAIL_TAKEN", 500L));
        assertThat(accepted(results, commands)).doesNotHaveDuplicates();
    }

    @Test
    void whoIsRefusedForAnotherReasonIsInNobodysWay() {
        accept(create("holder", "taken", "holder@acme.test"));
        var commands = new ArrayList<CommandMessage>();
        for (int i = 0; i < 500; i++) {
            var email = "ada-" + i + "@acme.test";
            var doomed = create("d-" + i, "taken", email);
            var valid = create("v-" + i, "user-" + i, email);
            commands.add(i % 2 == 0 ? doomed : valid);
            commands.add(i % 2 == 0 ? valid : doomed);
        }

        var results = handle(commands);

        // The doomed one of a pair is refused for the email where the valid one had it first.
        assertThat(results.stream()
                        .filter(answered -> answered.result().getAggregateId().startsWith("v-")))
                .hasSize(500)
                .allMatch(answered -> answered.result().getStatus() == ResultStatus.ACCEPTED);
        assertThat(results.stream()
                        .filter(answered -> answered.result().getAggregateId().startsWith("d-")))
                .hasSize(500)
                .allMatch(answered -> answered.result().getStatus() == ResultStatus.REJECTED);
    }

    @Test
    void namesOfOrganizationsAreUniqueWhateverTheirCase() {
        var commands = new ArrayList<CommandMessage>();
        for (int i = 0; i < 400; i++) {
            var name = (i < 200 ? "Acme " : "ACME ") + i % 200;
            commands.add(command("c-" + i, "o-" + i, null, new CreateOrganization(name)));
        }

        assertThat(reasons(handle(commands))).isEqualTo(Map.of("ACCEPTED", 200L, "NAME_TAKEN", 200L));
    }

    @Test
    void emailsAreSwappedByWayOfAThirdOne() {
        accept(create("u-1", "user-1", "one@acme.test"));
        accept(create("u-2", "user-2", "two@acme.test"));

        assertThat(reasons(handle(
                        List.of(email("swap-1", "u-1", "two@acme.test"), email("swap-2", "u-2", "one@acme.test")))))
                .isEqualTo(Map.of("EMAIL_TAKEN", 2L));
        accept(email("a", "u-1", "three@acme.test"));
        accept(email("b", "u-2", "one@acme.test"));
        accept(email("c", "u-1", "two@acme.test"));
        assertThat(reasons(handle(List.of(email("d", "u-1", "one@acme.test"))))).isEqualTo(Map.of("EMAIL_TAKEN", 1L));
    }

    @Test
    void whatIsGivenUpIsFreeAtOnce() {
        for (int i = 0; i < 10; i++) {
            accept(create("deleted-" + i, "user", "ada@acme.test"));
            accept(command("delete-" + i, "deleted-" + i, null, new DeleteUser()));
            accept(command("create-o-" + i, "o-" + i, null, new CreateOrganization("Acme")));
            accept(command("rename-o-" + i, "o-" + i, null, new RenameOrganization("Former " + i)));
        }
    }

    @Test
    void whoHasSeenAnOrganizationsResultMayNameItAndAUserThatIsJustBeingCreated() {
        int rounds = 1_000;
        int atOnce = 40;
        for (int i = 0; i < atOnce; i++) {
            createOrganization(i);
        }
        int begun = atOnce;
        var reasons = new HashMap<String, Long>();
        for (int seen = handled; seen < handled + 3 * rounds; ) {
            for (var answered : installation.results(seen, seen + 1)) {
                seen++;
                reasons.merge(reason(answered), 1L, Long::sum);
                if (answered.result().getAggregateType() == AggregateType.ORGANIZATION) {
                    createUserAndPayment(answered.result().getAggregateId());
                    if (begun < rounds) {
                        createOrganization(begun++);
                    }
                }
            }
        }

        assertThat(reasons).isEqualTo(Map.of("ACCEPTED", 3L * rounds));
    }

    private void createOrganization(int number) {
        installation.send(
                command("o-" + number, "o-" + number, null, new CreateOrganization("Organization " + number)));
    }

    private void createUserAndPayment(String organization) {
        var user = "user-of-" + organization;
        var create = new CreateUser(user, user + "@acme.test", "Ada", "Lovelace", organization, List.of());
        installation.send(command(user, user, null, create));
        installation.send(command("p-" + organization, "p-" + organization, null, payment(organization, user)));
    }

    @Test
    void whatIsNotThereIsRefused() {
        accept(create("u-1", "user-1", "ada@acme.test"));
        accept(create("u-2", "user-2", "eve@acme.test"));
        accept(command("delete", "u-2", null, new DeleteUser()));
        accept(command("emca", "emca", null, new CreateOrganization("Emca")));

        var results = handle(List.of(
                command("c-1", "p-1", null, payment("nowhere", null)),
                command("c-2", "p-2", null, payment("home", "nobody")),
                command("c-3", "p-3", null, payment("home", "u-2")),
                command("c-4", "p-4", null, payment("emca", "u-1")),
                command("c-5", "p-5", null, payment("home", "u-1"))));

        assertThat(results.stream()
                        .collect(Collectors.toMap(each -> each.result().getCommandId(), GuaranteesIT::reason)))
                .isEqualTo(Map.of(
                        "c-1", RefusalReason.ORGANIZATION_NOT_FOUND.name(),
                        "c-2", RefusalReason.USER_NOT_FOUND.name(),
                        "c-3", RefusalReason.USER_DELETED.name(),
                        "c-4", RefusalReason.USER_OF_OTHER_ORGANIZATION.name(),
                        "c-5", "ACCEPTED"));
    }

    @Test
    void aCompletionThatWaitsInTheTopicWinsOverTheDeadlineThatPassedMeanwhile() throws Exception {
        var timeToLive = Duration.ofMillis(500);
        installation.stop();
        // It cannot expire before the completion is there.
        installation.start(settings(timeToLive, Duration.ofDays(1)));
        accept(command("create", "p-1", null, payment("home", null)));
        var deadline = Instant.now().plus(timeToLive);
        installation.stop();
        installation
                .send(command("complete", "p-1", null, new CompletePayment(1000L, null)))
                .get();
        Awaiting.that("the deadline", SOON, () -> Instant.now().isAfter(deadline));
        installation.start(settings(timeToLive, CommandSettings.DEFAULT.timeoutScan()));
        installation.send(command("refund", "p-1", null, new RefundPayment("r-1", 1000L)));

        // An expiry may be sent and refused as well.
        Awaiting.that("both accepted", SOON, () -> accepted().containsAll(List.of("complete", "refund")));
        assertThat(installation.events(Aggregate.PAYMENTS).get("p-1"))
                .extracting(event -> event.payload().getSchema().getName())
                .containsExactly("PaymentCreated", "PaymentCompleted", "RefundRequested");
    }

    private static CommandSettings settings(Duration timeToLive, Duration timeoutScan) {
        var usual = CommandSettings.DEFAULT;
        return new CommandSettings(timeToLive, usual.recentCommands(), timeoutScan, usual.userRemembered());
    }

    private List<String> accepted() {
        return installation.results(0).stream()
                .map(Answered::result)
                .filter(result -> result.getStatus() == ResultStatus.ACCEPTED)
                .map(CommandResult::getCommandId)
                .toList();
    }

    private static CommandMessage create(String id, String username, String email) {
        var payload = new CreateUser(username, email, "Ada", "Lovelace", "home", List.of());
        return command("create-" + id, id, null, payload);
    }

    private static CommandMessage email(String commandId, String id, String email) {
        return command(commandId, id, null, new UpdateUser(null, email, null, null));
    }

    private static CreatePayment payment(String organization, String user) {
        return new CreatePayment(
                organization, user, 1000L, "EUR", "", Map.of(), CaptureMethod.AUTOMATIC, Processor.NONE);
    }

    private void accept(CommandMessage command) {
        assertThat(reasons(handle(List.of(command)))).as("%s", command).isEqualTo(Map.of("ACCEPTED", 1L));
    }

    private List<Answered> handle(List<CommandMessage> commands) {
        return await(commands.stream().map(installation::send).toList());
    }

    /** The results of these, and of no others: everything before is handled. */
    private List<Answered> await(List<Future<RecordMetadata>> sent) {
        int before = handled;
        handled += sent.size();
        var results = installation.results(handled);
        assertThat(results).hasSize(handled);
        return results.subList(before, handled);
    }

    private static Map<String, Long> reasons(List<Answered> results) {
        return results.stream().collect(Collectors.groupingBy(GuaranteesIT::reason, Collectors.counting()));
    }

    private static String reason(Answered answered) {
        var refusal = answered.result().getRefusal();
        return refusal == null ? "ACCEPTED" : refusal.getReason().name();
    }

    private static List<String> accepted(List<Answered> results, List<CommandMessage> commands) {
        var emails = new HashMap<String, String>();
        commands.forEach(command -> emails.put(
                command.header().getAggregateId(),
                ((CreateUser) command.payload()).getEmail().toLowerCase(Locale.ROOT)));
        return results.stream()
                .filter(answered -> answered.result().getStatus() == ResultStatus.ACCEPTED)
                .map(answered -> emails.get(answered.result().getAggregateId()))
                .toList();
    }
}
