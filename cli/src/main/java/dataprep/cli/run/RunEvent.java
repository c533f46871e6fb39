package dataprep.cli.run;

import java.time.Instant;
import java.util.function.Function;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.MapIterationEventDetails;

/**
 * One event of an execution's history with the fields that the console needs; missing fields are empty.
 *
 * @param type as Step Functions names it, such as {@code TaskStateEntered}
 * @param state the state's name, of events that have one
 * @param resource what a scheduled task calls, such as {@code lambda:invoke}
 * @param input of a state that is entered, JSON
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">HistoryEvent</a>
 */
public record RunEvent(
        long id,
        long previousId,
        Instant at,
        String type,
        String state,
        String resource,
        String input,
        String error,
        String cause) {

    public static RunEvent of(HistoryEvent event) {
        return new RunEvent(
                event.id(),
                event.previousEventId() == null ? 0 : event.previousEventId(),
                event.timestamp(),
                event.typeAsString(),
                state(event),
                resource(event),
                of(event.stateEnteredEventDetails(), details -> details.input()),
                error(event),
                cause(event));
    }

    boolean enters() {
        return type.endsWith("StateEntered");
    }

    boolean exits() {
        return type.endsWith("StateExited");
    }

    private static String state(HistoryEvent event) {
        var entered = of(event.stateEnteredEventDetails(), details -> details.name());
        var exited = of(event.stateExitedEventDetails(), details -> details.name());
        return entered + exited + of(event.mapIterationStartedEventDetails(), MapIterationEventDetails::name);
    }

    private static String resource(HistoryEvent event) {
        return of(event.taskScheduledEventDetails(), details -> details.resourceType() + ":" + details.resource());
    }

    private static String error(HistoryEvent event) {
        return of(event.taskFailedEventDetails(), details -> details.error())
                + of(event.taskTimedOutEventDetails(), details -> details.error())
                + of(event.taskStartFailedEventDetails(), details -> details.error())
                + of(event.taskSubmitFailedEventDetails(), details -> details.error())
                + of(event.evaluationFailedEventDetails(), details -> details.error());
    }

    private static String cause(HistoryEvent event) {
        return of(event.taskFailedEventDetails(), details -> details.cause())
                + of(event.taskTimedOutEventDetails(), details -> details.cause())
                + of(event.taskStartFailedEventDetails(), details -> details.cause())
                + of(event.taskSubmitFailedEventDetails(), details -> details.cause())
                + of(event.evaluationFailedEventDetails(), details -> details.cause());
    }

    /** An event has only the details of its own type. */
    private static <T> String of(T details, Function<T, String> field) {
        var value = details == null ? null : field.apply(details);
        return value == null ? "" : value;
    }
}
