package dataprep.cli.logs;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Formats an execution's history as log lines, one for each event. */
public final class HistoryLines {
    private HistoryLines() {}

    public static List<String> of(List<HistoryEvent> history) {
        return history.stream()
                .map(event ->
                        "%s %5d %s%s".formatted(event.timestamp(), event.id(), event.typeAsString(), details(event)))
                .toList();
    }

    /** The subject of the event and, for a failure, the error, on one line. */
    private static String details(HistoryEvent event) {
        var found = Stream.<String>builder();
        if (event.stateEnteredEventDetails() != null) {
            found.add(event.stateEnteredEventDetails().name());
        } else if (event.stateExitedEventDetails() != null) {
            found.add(event.stateExitedEventDetails().name());
        } else if (event.taskScheduledEventDetails() != null) {
            found.add(event.taskScheduledEventDetails().resourceType() + ":"
                    + event.taskScheduledEventDetails().resource());
        } else if (event.taskFailedEventDetails() != null) {
            found.add(event.taskFailedEventDetails().error());
            found.add(event.taskFailedEventDetails().cause());
        } else if (event.executionFailedEventDetails() != null) {
            found.add(event.executionFailedEventDetails().error());
            found.add(event.executionFailedEventDetails().cause());
        } else if (event.evaluationFailedEventDetails() != null) {
            found.add(event.evaluationFailedEventDetails().state());
            found.add(event.evaluationFailedEventDetails().cause());
        }
        return found.build()
                .filter(text -> text != null)
                .map(text -> " " + text.replaceAll("\\s+", " "))
                .reduce("", String::concat);
    }
}
