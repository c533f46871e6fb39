package dataprep.settings;

import java.util.List;

/**
 * The monitoring of a run.
 *
 * @param stack the full name of the stack
 * @param name of the data set's pipeline, for people and metrics; the stack's if it has one data set
 * @param logGroups of the state machine, the function and the job
 * @param metrics whether the run writes run metrics
 * @param webhook whether its messages also go to EventBridge, which posts them to a chat
 * @param escapesMarkup whether the chat interprets text in angle brackets as a link or a mention
 */
public record MonitoringSettings(
        String stack, String name, List<String> logGroups, boolean metrics, boolean webhook, boolean escapesMarkup) {
    /** The source of the events that carry messages. */
    public static final String EVENT_SOURCE = "data-preparation";
    /** The detail type of these events; their details are {@code stack}, {@code subject} and {@code text}. */
    public static final String EVENT_TYPE = "Message";
}
