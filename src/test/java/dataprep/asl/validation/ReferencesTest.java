package dataprep.asl.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.asl.Evaluate;
import dataprep.asl.Jsonata;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "$x => x",
                "$x.a.b[c = $y].d => x,y",
                "$x ~> $map(function($v) { $v & $y }) => x,y",
                "-$x + ($y * 2) => x,y",
                "{'a': $x, $y: [1, $z]} => x,y,z",
                "$x ? $y : $z => x,y,z",
                "$x.items^(>price, <$y) => x,y",
                "$x.items{name: $sum(price) + $y} => x,y",
                "$x.items[$y > 1].{'n': $z} => x,y,z",
                "$x ~> |items|{'seen': $y}| => x,y",
                "[1..$x] => x",
                "$sum($x)[$ > $y] => x,y",
                "$x in $y and true => x,y",
                "($x := 1; $x + $y) => y",
                "($x := $x; $x) => x",
                "($x := 1; ($y := 2; $y); $y) => y",
                "$map([1], function($v, $i) { $v + $i + $w }) => w",
                "(function($v) { $v })($v) => v",
                "($f := function($n) { $n > 0 ? $f($n - 1) : $x }; $f(3)) => x",
                "$x.items#$i.others@$o[$o.id = $i].{'o': $o, 'y': $y} => x,y",
                "($x.items#$i.name; $i) => x,i",
                "$x.items[open]#$i[$i < 3].{'n': $i} => x",
                "$states[flag = $y].input => y",
                "$x.items@$e{$e.id: $e.name & $y} => x,y",
            })
    void variablesAreThoseThatTheExpressionDoesNotBindItself(String expression, String variables)
            throws JsonataAst.Malformed {
        assertEquals(Set.of(variables.split(",")), References.of(expression).variables());
    }

    @Test
    void functionsAreThoseThatTheExpressionDoesNotDefineItself() throws JsonataAst.Malformed {
        References references =
                References.of("($f := function($x) { $lost($x) }; $f(1) ~> $gone ~> $partly(?, 2); $map([1], $f))");

        assertEquals(Set.of("lost", "gone", "partly", "map"), references.functions());
        assertEquals(Set.of(), references.variables());
    }

    @Test
    void functionThatIsPassedByNameIsAmongTheVariables() throws JsonataAst.Malformed {
        assertEquals(
                Set.of("uppercase"), References.of("$map(['a'], $uppercase)").variables());
    }

    @Test
    void fieldsOfStatesAreFollowedWhileTheyAreConstant() throws JsonataAst.Malformed {
        References references =
                References.of("[$states.context.Map.Item, $states.'input'[0].a, $states.result.*.b, $states]");

        assertEquals(
                Set.of(List.of("context", "Map", "Item"), List.of("input", "a"), List.of("result"), List.of()),
                references.states());
    }

    @Test
    void statesMayBeTheNameOfSomethingElseInsideAnExpression() throws JsonataAst.Malformed {
        assertEquals(
                Set.of(),
                References.of("(function($states) { $states.name })({})").states());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a.b", "*", "**.a", "$", "$$", "[a]", "{'x': a}", "a ? 1 : 2", "$sum(a)", "(a)", "$x[$$.a]"
            })
    void readingFromAMissingContextIsFound(String expression) throws JsonataAst.Malformed {
        assertFalse(References.of(expression).contextless().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$x.a",
                "$x.(a + b)",
                "$x[a]",
                "$x[$ > 1]",
                "$x^(a)",
                "$x{a: b}",
                "$x.$",
                "$x.*",
                "$x ~> |a|{'b': c}|",
                "$sum($x)[a]",
                "($x)[a]",
                "$x.a.%.b",
                "{'a': 1}.a"
            })
    void fieldsOfAValueHaveAContext(String expression) throws JsonataAst.Malformed {
        assertEquals(Set.of(), References.of(expression).contextless());
    }

    @ParameterizedTest
    @ValueSource(strings = {"$x ?: 1", "$x ?? 1", "[$x.a ?? $x.b]"})
    void operatorsOfALaterJsonataAreFound(String expression) throws JsonataAst.Malformed {
        assertTrue(References.of(expression).defaultOperator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"$x ? $x : 1", "$exists($x) ? $x : 1"})
    void explicitConditionsAreNotDefaultOperators(String expression) throws JsonataAst.Malformed {
        assertFalse(References.of(expression).defaultOperator());
    }

    @Test
    void functionsThatAreKnownAreThoseOfTheEvaluator() {
        for (String function : Functions.NAMES) {
            String known = "$exists($" + function + ")";
            assertTrue(
                    Evaluate.onNothing().expression(Jsonata.of(known)).booleanValue(),
                    () -> function + " is no function");
        }
    }
}
