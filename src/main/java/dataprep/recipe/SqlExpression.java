package dataprep.recipe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTreeWalker;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ColumnReferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.FunctionCallContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.LambdaContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StarContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParserBaseListener;

/** A Spark SQL expression, parsed with Spark's grammar: its references, and the checks of what it may contain. */
final class SqlExpression {
    private final Set<String> columns = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private SqlExpression() {}

    static SqlExpression parse(String text) {
        var expression = new SqlExpression();
        var codePoints = text.codePoints().toArray();
        // the grammar has keywords in upper case only; positions do not change
        var upperCase = Arrays.stream(codePoints).map(Character::toUpperCase).toArray();
        var lexer = new SqlBaseLexer(CharStreams.fromString(new String(upperCase, 0, upperCase.length)));
        var parser = new SqlBaseParser(new CommonTokenStream(lexer));
        lexer.removeErrorListeners();
        parser.removeErrorListeners();
        parser.addErrorListener(expression.new FirstMistake(codePoints));
        var tree = parser.singleExpression();
        if (expression.problems.isEmpty()) {
            new ParseTreeWalker().walk(expression.new Reading(codePoints), tree);
        }
        return expression;
    }

    /** The columns that it refers to, in lower case: Spark is case-insensitive. */
    Set<String> columns() {
        return columns;
    }

    /** The reason why the expression is invalid regardless of the columns; empty if it is valid. */
    List<String> problems() {
        return problems;
    }

    private final class FirstMistake extends BaseErrorListener {
        private final int[] codePoints;

        private FirstMistake(int[] codePoints) {
            this.codePoints = codePoints;
        }

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer, Object symbol, int line, int column, String text, RecognitionException e) {
            if (problems.isEmpty()) {
                problems.add("not a Spark SQL expression, from line %d, column %d: %s"
                        .formatted(line, column + 1, written((Token) symbol)));
            }
        }

        private String written(Token token) {
            if (token.getType() == Token.EOF) {
                return "its end";
            }
            var length = token.getStopIndex() - token.getStartIndex() + 1;
            return "'" + new String(codePoints, token.getStartIndex(), length) + "'";
        }
    }

    /** Checks every node of the tree, and rejects all that may read beyond its row. */
    private final class Reading extends SqlBaseParserBaseListener {
        private final Deque<Set<String>> parameters = new ArrayDeque<>();
        private final int[] codePoints;

        private Reading(int[] codePoints) {
            this.codePoints = codePoints;
        }

        @Override
        public void enterEveryRule(ParserRuleContext part) {
            var kind = part.getClass().getSimpleName().replaceFirst("Context$", "");
            if (part instanceof QueryContext) {
                refuse("a subquery is not allowed");
            } else if (!AllowedSyntax.NAMES.contains(kind)) {
                refuse("%s is not allowed: an expression may use columns and the listed functions only"
                        .formatted(kind));
            }
        }

        @Override
        public void enterLambda(LambdaContext lambda) {
            parameters.push(lambda.identifier().stream()
                    .map(parameter -> plain(parameter.getText()))
                    .collect(Collectors.toSet()));
        }

        @Override
        public void exitLambda(LambdaContext lambda) {
            parameters.pop();
        }

        @Override
        public void enterColumnReference(ColumnReferenceContext reference) {
            var name = plain(reference.getText());
            if (parameters.stream().noneMatch(names -> names.contains(name))) {
                columns.add(name);
            }
        }

        @Override
        public void enterStar(StarContext star) {
            if (!isArgumentOfCount(star)) {
                refuse("* is allowed in count(*) only");
            }
        }

        @Override
        public void enterFunctionCall(FunctionCallContext call) {
            var name = plain(call.functionName().getText());
            if (!AllowedFunctions.NAMES.contains(name)) {
                refuse("function %s is not allowed; docs/recipe.md lists the allowed functions".formatted(name));
            } else if (call.functionArgument().size() == 2) {
                checkPattern(name, call.functionArgument(1));
            }
        }

        /** Checks the pattern of a function that parses or formats times, if it is a literal. */
        private void checkPattern(String name, ParserRuleContext argument) {
            var start = argument.getStart().getStartIndex();
            var text = new String(codePoints, start, argument.getStop().getStopIndex() - start + 1);
            if (text.matches("'[^'\\\\]*'")) {
                var pattern = text.substring(1, text.length() - 1);
                patternProblem(name, pattern)
                        .ifPresent(allowed ->
                                refuse("%s: invalid pattern '%s'; must be %s".formatted(name, pattern, allowed)));
            }
        }

        private static Optional<String> patternProblem(String name, String pattern) {
            switch (name) {
                case "to_date":
                    return TimePattern.problem("date", pattern, false);
                case "to_timestamp":
                case "try_to_timestamp":
                    return TimePattern.problem("timestamp", pattern, false);
                case "date_format":
                    return TimePattern.problemOfWriting(pattern);
                default:
                    return Optional.empty();
            }
        }

        /** The tree has several nested expression nodes between an argument and its literal. */
        private boolean isArgumentOfCount(ParserRuleContext part) {
            var around = part.getParent();
            while (around != null && around.getChildCount() == 1) {
                around = around.getParent();
            }
            return around instanceof FunctionCallContext call && isCount(call);
        }

        private boolean isCount(FunctionCallContext call) {
            return plain(call.functionName().getText()).equals("count");
        }

        private void refuse(String problem) {
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
        }

        private String plain(String identifier) {
            return identifier.replace("`", "").toLowerCase(Locale.ROOT);
        }
    }
}
