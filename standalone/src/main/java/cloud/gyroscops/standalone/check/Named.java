package cloud.gyroscops.standalone.check;

/** Holds every event against the result of the command that it names. */
final class Named implements EventInvariant {

    private final Results results;
    private final Commands commands;
    private final AnswerSheet sheet;
    private final Findings findings;

    Named(Results results, Commands commands, AnswerSheet sheet, Findings findings) {
        this.results = results;
        this.commands = commands;
        this.sheet = sheet;
        this.findings = findings;
    }

    @Override
    public void check(Step step) {
        findings.checked(Invariant.RESULT_AND_EVENTS);
        var record = step.record();
        var header = record.event().header();
        switch (results.seen(record)) {
            case SAME -> {}
            case OTHER ->
                findings.violated(
                        Invariant.RESULT_AND_EVENTS,
                        record.place(),
                        "event " + record.key() + " names the command " + header.getCausationId()
                                + ", but the result of another one names the event");
            case NOBODY -> {
                if (step.settled() && !excused(record)) {
                    step.stream()
                            .unlessErased(
                                    Invariant.RESULT_AND_EVENTS,
                                    record.place(),
                                    "event " + record.key() + " is not named by an accepted result of the command "
                                            + header.getCausationId());
                }
            }
        }
    }

    /**
     * The command is gone with all that is as old, or its result is: expired, or given way to a later one. A result is only
     * removed when all earlier ones under its commandId are: where the first is there, so are all.
     */
    private boolean excused(Records.Event record) {
        var header = record.event().header();
        var first = commands.first(header.getAggregateId(), header.getCausationId());
        return first == null
                ? commands.mayBeGone(
                        record.place().partition(), header.getOccurredAt().toEpochMilli())
                : sheet.count(first.source()) == 0
                        && results.mayBeGone(
                                record.aggregate(),
                                header.getAggregateId(),
                                header.getCausationId(),
                                first.source(),
                                first.time());
    }
}
