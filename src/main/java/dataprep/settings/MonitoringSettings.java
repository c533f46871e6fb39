package dataprep.settings;

import java.util.List;

/**
 * How a run tells of itself.
 *
 * @param stack the full name of the stack, which people and metrics know it by
 * @param logGroups where its states, its function and its job log
 * @param metrics whether it writes run metrics
 * @param webhook whether its messages go to EventBridge, too, from where they reach a chat
 * @param escapesMarkup whether the chat takes what stands in angle brackets for a link or a mention
 */
public record MonitoringSettings(
        String stack, List<String> logGroups, boolean metrics, boolean webhook, boolean escapesMarkup) {
    /** The source of the events that carry messages. */
    public static final String EVENT_SOURCE = "data-preparation";
    /** The one kind of these events; their details are {@code stack}, {@code subject} and {@code text}. */
    public static final String EVENT_TYPE = "Message";
}
