package dataprep.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where a chat takes messages: whoever has the address can post there, so it is a secret.
 *
 * @param format what the chat wants posted
 */
public record Webhook(String address, Format format) {

    /** JSON in which {@code <text>} stands for the message. */
    public enum Format {
        SLACK("{\"text\": <text>}", true),
        /** Of a run of text, unlike a text block, nothing is taken for Markdown. */
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

        /** Whether the characters of markup are to be escaped: of &, < and > Slack makes links and mentions. */
        public boolean escapesMarkup() {
            return escapesMarkup;
        }

        public String template() {
            return template;
        }
    }

    static Optional<Webhook> from(SettingsReader reader) {
        var format = reader.oneOf("alertWebhookFormat", List.of("slack", "teams"));
        var address = reader.text("alertWebhook");
        if (address.isEmpty()) {
            return Optional.empty();
        }
        if (!isHttps(address)) {
            // what was given is a secret
            reader.refuse("alertWebhook", "...", "an https:// address or nothing");
            return Optional.empty();
        }
        return Optional.of(new Webhook(address, format.equals("teams") ? Format.TEAMS : Format.SLACK));
    }

    private static boolean isHttps(String address) {
        try {
            var uri = URI.create(address);
            return "https".equals(uri.getScheme()) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without the address. */
    @Override
    public String toString() {
        return "Webhook[%s]".formatted(format);
    }
}
