package dataprep.asl;

/**
 * Writes a JSONata expression on one line: outside literals, white space and comments become one space.
 *
 * <p>Validators of definitions (statelint, asl-validator) do not recognise an expression that has a line break.
 * Literals are not changed; the validation reports literals with line breaks and text that is not JSONata.
 */
final class SingleLineExpression {

    private static final String WHITE_SPACE = " \t\n\r\u000B";
    private static final String QUOTES = "\"'`";
    private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final String CLOSING = ")]}";

    private final String source;
    private final StringBuilder line = new StringBuilder();
    private int position;

    /** Whether an operand can begin here: only there does a slash start a regular expression. */
    private boolean operandExpected = true;

    private SingleLineExpression(String source) {
        this.source = source;
    }

    static String of(String expression) {
        return new SingleLineExpression(expression).write();
    }

    private String write() {
        while (position < source.length()) {
            char next = source.charAt(position);
            if (isWhiteSpace(next) || isComment()) {
                gap();
            } else if (QUOTES.indexOf(next) >= 0) {
                literal(endOfQuoted(next));
            } else if (next == '/' && operandExpected) {
                literal(endOfRegularExpression());
            } else if (OPERATORS.indexOf(next) >= 0) {
                operator(next);
            } else {
                word();
            }
        }
        return line.toString().strip();
    }

    private void gap() {
        while (position < source.length() && (isWhiteSpace(source.charAt(position)) || isComment())) {
            position = isComment() ? source.indexOf("*/", position + 2) + 2 : position + 1;
        }
        line.append(' ');
    }

    private void literal(int end) {
        line.append(source, position, end);
        position = end;
        operandExpected = false;
    }

    private int endOfQuoted(char quote) {
        int end = position + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' && quote != '`' ? 2 : 1;
        }
        return Math.min(end + 1, source.length());
    }

    /** The flags are scanned as a word, which has no effect. */
    private int endOfRegularExpression() {
        int end = position + 1;
        int depth = 0;
        while (end < source.length() && !(source.charAt(end) == '/' && depth == 0)) {
            char next = source.charAt(end);
            depth += "([{".indexOf(next) >= 0 ? 1 : CLOSING.indexOf(next) >= 0 ? -1 : 0;
            end += next == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, source.length());
    }

    private void operator(char first) {
        boolean wildcard = operandExpected && (first == '*' || first == '%');
        int length = source.startsWith("**", position) ? 2 : 1;
        line.append(source, position, position + length);
        position += length;
        operandExpected = !wildcard && CLOSING.indexOf(first) < 0;
    }

    private void word() {
        int end = position;
        while (end < source.length()
                && !isWhiteSpace(source.charAt(end))
                && OPERATORS.indexOf(source.charAt(end)) < 0) {
            end++;
        }
        String word = source.substring(position, end);
        line.append(word);
        position = end;
        operandExpected = !operandExpected && (word.equals("and") || word.equals("or") || word.equals("in"));
    }

    /** An unterminated comment is left unchanged: the parser reports it. */
    private boolean isComment() {
        return source.startsWith("/*", position) && source.indexOf("*/", position + 2) >= 0;
    }

    private static boolean isWhiteSpace(char character) {
        return WHITE_SPACE.indexOf(character) >= 0;
    }
}
