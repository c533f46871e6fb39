package dataprep.settings;

import java.util.List;
import java.util.Optional;

/**
 * The incoming webhook of a chat. Anyone with the address can post, so it is a secret.
 *
 * @param format of the posted body
 */
public record Webhook(String address, Format format) {

    /** JSON in which {@code <text>} stands for the message. */
    public enum Format {
        SLACK("{\"text\": <text>}", true),
        /** Teams does not interpret a TextRun as Markdown, unlike a TextBlock. */
        TEAMS("""
                {"type": "message", "attachments": [{
                  "contentType": "application/vnd.microsoft.card.adaptive",
                  "content": {"type": "AdaptiveCard", "version": "1.4", "body": [
                    {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": <text>}]}]}}]}""", false);

        private final String template;
        private final boolean escapesMarkup;

        Format(String template, boolean escapesMarkup) {
            this.template = template;
            this.escapesMarkup = escapesMarkup;
        }

        /** Whether &, < and > must be escaped: Slack interprets them as links and mentions. */
        public boolean escapesMarkup() {
            return escapesMarkup;
        }

        public String template() {
            return template;
        }
    }

    static Optional<Webhook> from(SettingsReader reader) {
        var format = reader.oneOf("alertWebhookFormat", List.of("slack", "teams"));
        return reader.secretAddress("alertWebhook")
                .map(address -> new Webhook(address, format.equals("teams") ? Format.TEAMS : Format.SLACK));
    }

    /** Without the address. */
    @Override
    public String toString() {
        return "Webhook[%s]".formatted(format);
    }
}
