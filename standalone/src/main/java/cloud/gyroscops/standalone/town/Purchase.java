package cloud.gyroscops.standalone.town;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A payment's life in the town, from its creation to wherever it gets. */
final class Purchase {

    private static final List<String[]> FAILURES = List.of(
            new String[] {"card_declined", "The card was declined."},
            new String[] {"insufficient_funds", "The account holds too little."},
            new String[] {"expired_card", "The card has expired."},
            new String[] {"authentication_failed", "The payer was not authenticated."});
    private static final List<String> CANCELLATIONS =
            List.of("ordered twice", "out of stock", "changed my mind", "delivery took too long");
    private static final List<String> CHANNELS = List.of("web", "app", "counter", "phone");
    private static final int STRIPE_PERCENT = 35;

    private final String id;
    private final int number;
    private final Dice dice;
    private final long amount;
    private final ArrayList<TownCommand> commands = new ArrayList<>();

    private Purchase(Town town, int number, Population population) {
        this.id = town.id("p", number);
        this.number = number;
        this.dice = Dice.of(town.seed(), "payment", number);
        var company = Resident.someCompany(dice, population.companies());
        var tender = dice.percent(95) ? company.tender() : dice.pick(Tender.ALL);
        this.amount = tender.price(euroCents());
        boolean stripe = dice.percent(STRIPE_PERCENT);
        boolean manual = dice.percent(40);
        create(company, population.payers(company), tender, stripe, manual);
        // What Stripe does with the money, only Stripe can tell.
        if (!stripe && manual) {
            capturedByHand();
        } else if (!stripe) {
            capturedAtOnce();
        }
    }

    /** The payment's commands, in order. */
    static List<TownCommand> commands(Town town, int number, Population population) {
        return new Purchase(town, number, population).commands;
    }

    /** Many small amounts, few large ones. */
    private long euroCents() {
        return switch (dice.below(10)) {
            case 0 -> dice.between(20_000, 400_000);
            case 1, 2, 3 -> dice.between(2_000, 20_000);
            default -> dice.between(200, 2_000);
        };
    }

    private void create(Company company, List<Resident> payers, Tender tender, boolean stripe, boolean manual) {
        var payload = TownCommand.object().put("organizationId", company.id());
        if (!payers.isEmpty() && dice.percent(80)) {
            payload.put("userId", dice.pick(payers).id());
        }
        payload.put("amount", amount)
                .put("currency", tender.code())
                .put("description", dice.pick(company.goods()))
                .put("captureMethod", manual ? "MANUAL" : "AUTOMATIC")
                .put("processor", stripe ? "STRIPE" : "NONE");
        if (dice.percent(60)) {
            payload.putObject("metadata").put("orderId", "order-" + number).put("channel", dice.pick(CHANNELS));
        }
        add("CreatePayment", payload);
    }

    private void capturedByHand() {
        int fate = dice.below(100);
        if (fate < 6) {
            return;
        }
        if (fate < 12) {
            fail();
            return;
        }
        add("AuthorizePayment", TownCommand.object().put("authorizationCode", "A" + dice.between(100_000, 999_999)));
        if (fate < 18) {
            return;
        }
        if (fate < 28) {
            cancel();
            return;
        }
        add("CapturePayment", TownCommand.object());
        if (fate < 34) {
            add("RejectCapture", failure());
            add("CapturePayment", TownCommand.object());
        }
        complete(fate > 96 ? Math.max(1, amount * 9 / 10) : amount);
    }

    private void capturedAtOnce() {
        int fate = dice.below(100);
        if (fate < 6) {
            return;
        }
        if (fate < 14) {
            fail();
        } else if (fate < 20) {
            cancel();
        } else {
            complete(amount);
        }
    }

    private void complete(long received) {
        add("CompletePayment", TownCommand.object().put("amountReceived", received));
        if (dice.percent(10)) {
            refund(1, dice.percent(50) ? received : Math.max(1, received / dice.between(2, 5)));
        }
    }

    private void refund(int refund, long part) {
        var refundId = id + "-r" + refund;
        add("RefundPayment", TownCommand.object().put("refundId", refundId).put("amount", part))
                .by("support");
        int fate = dice.below(100);
        if (fate < 80) {
            add("ConfirmRefund", TownCommand.object().put("refundId", refundId));
        } else if (fate < 92) {
            add("RejectRefund", failure().put("refundId", refundId));
            // What was not given back can be asked for again, under a new id.
            if (refund == 1) {
                refund(2, part);
            }
        }
    }

    private void fail() {
        add("FailPayment", failure());
    }

    private void cancel() {
        add("CancelPayment", TownCommand.object().put("reason", dice.pick(CANCELLATIONS)));
    }

    private ObjectNode failure() {
        var failure = dice.pick(FAILURES);
        return TownCommand.object().put("code", failure[0]).put("message", failure[1]);
    }

    private TownCommand add(String type, ObjectNode payload) {
        var command = TownCommand.of(type, id, commands.size() + 1, payload);
        // Every third order is followed through all systems.
        if (number % 3 == 0) {
            command.correlated("order-" + number);
        }
        if (dice.percent(10)) {
            command.noting("till", Integer.toString(dice.between(1, 9)));
        }
        commands.add(command);
        return command;
    }
}
