package dataprep.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FlowchartTest {

    @Test
    void definitionIsDrawnWithItsScopesChoicesAndErrors() {
        Branch each = Branch.of(
                "Extract",
                Task.lambdaInvoke("arn:aws:lambda:eu-west-1:1:function:f").end());
        StateMachine machine = StateMachine.startAt("Sources")
                .state(
                        "Sources",
                        Map.each(each)
                                .catching(
                                        Catch.on("Gone", Errors.TIMEOUT).next("Failed"),
                                        Catch.all().next("Failed"))
                                .next("New"))
                .state(
                        "New",
                        Choice.between(
                                        ChoiceRule.when(Jsonata.of("$n = 0")).next("Nothing"),
                                        ChoiceRule.when(Jsonata.of("$n > 9"))
                                                .comment("too many")
                                                .next("Failed"))
                                .otherwise("Load"))
                .state("Nothing", Succeed.create())
                .state("Load", Pass.create().end())
                .state("Failed", Fail.error("Broken"));

        assertEquals("""
                flowchart TD
                    start((" ")) --> Sources
                    subgraph Sources["Sources<br/>for each item"]
                        Extract["Extract<br/>lambda:invoke"]
                    end
                    New{"New"}
                    Nothing(["Nothing"])
                    Load["Load"]
                    Failed{{"Failed"}}
                    Sources --> New
                    Sources -.->|"Gone, States.Timeout"| Failed
                    Sources -.->|"any error"| Failed
                    New -->|"$n = 0"| Nothing
                    New -->|"too many"| Failed
                    New -->|"otherwise"| Load
                    stop(((" ")))
                    Load --> stop
                """, machine.toMermaid());
    }

    @Test
    void scopesInsideScopesAreBoxesInsideBoxes() {
        Branch inner = Branch.startAt("A").state("A", Pass.create().next("B")).state("B", Succeed.create());
        StateMachine machine = StateMachine.startAt("Outer")
                .state(
                        "Outer",
                        Parallel.of(Branch.of("Inner", Map.each(inner).end())).end());

        assertEquals("""
                flowchart TD
                    start((" ")) --> Outer
                    subgraph Outer["Outer<br/>at the same time"]
                        subgraph Inner["Inner<br/>for each item"]
                            A["A"]
                            B(["B"])
                            A --> B
                        end
                    end
                    stop(((" ")))
                    Outer --> stop
                """, machine.toMermaid());
    }

    @Test
    void mermaidSyntaxIsEscaped() {
        StateMachine machine = StateMachine.startAt("end")
                .state(
                        "end",
                        Choice.between(ChoiceRule.when(Jsonata.of("$a.`b` < \"#1\" & \n 'x'"))
                                        .next("is it?"))
                                .otherwise("is it?"))
                .state("is it?", Succeed.create());

        String drawn = machine.toMermaid();

        assertTrue(drawn.contains("    s_end{\"end\"}\n"), drawn);
        assertFalse(drawn.contains("stop"), drawn);
        assertTrue(drawn.contains("    s_is_20_it_3f_([\"is it?\"])\n"), drawn);
        assertTrue(
                drawn.contains("s_end -->|\"$a.#96;b#96; #lt; #quot;#35;1#quot; #amp; 'x'\"| s_is_20_it_3f_\n"), drawn);
    }
}
