package dataprep.failures;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The history of an execution, in order. */
record History(List<HistoryEvent> events) {

    History {
        events = events.stream().sorted(Comparator.comparing(HistoryEvent::id)).toList();
    }

    /** The names of the states that were entered. */
    List<String> states() {
        return events.stream()
                .map(History::entered)
                .filter(name -> name != null)
                .toList();
    }

    Set<String> visited() {
        return Set.copyOf(states());
    }

    String lastState() {
        return states().get(states().size() - 1);
    }

    /** The number of attempts of a state's task. */
    long tries(String state) {
        return events.stream()
                .filter(event -> event.typeAsString().equals("TaskScheduled"))
                .filter(event -> state.equals(stateOf(event)))
                .count();
    }

    /** The state whose task failed with this in its cause, and the error; empty if none did. */
    String failureWith(String text) {
        return events.stream()
                .filter(event -> event.taskFailedEventDetails() != null)
                .filter(event ->
                        String.valueOf(event.taskFailedEventDetails().cause()).contains(text))
                .map(event -> "%s %s"
                        .formatted(
                                stateOf(event), event.taskFailedEventDetails().error()))
                .findFirst()
                .orElse("");
    }

    private String stateOf(HistoryEvent event) {
        // the events' ids count from one
        return Stream.iterate(event, here -> here != null, here -> before(here))
                .map(History::entered)
                .filter(name -> name != null)
                .findFirst()
                .orElse("");
    }

    private HistoryEvent before(HistoryEvent event) {
        var id = event.previousEventId();
        return id == 0 ? null : events.get((int) (id - 1));
    }

    private static String entered(HistoryEvent event) {
        return event.stateEnteredEventDetails() == null
                ? null
                : event.stateEnteredEventDetails().name();
    }
}
