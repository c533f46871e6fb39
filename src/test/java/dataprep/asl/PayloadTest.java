package dataprep.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadTest {

    record Source(String name, Jsonata uri) {}

    @Test
    void templateIsMadeOfAnyTree() {
        java.util.Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", null);
        map.put("a", List.of(1, 2.5, true, "text", Jsonata.of("$x"), new Source("s", Jsonata.of("$u"))));

        assertEquals(
                "{\"z\":null,\"a\":[1,2.5,true,\"text\",\"{% $x %}\",{\"name\":\"s\",\"uri\":\"{% $u %}\"}]}",
                Payload.of(map).toString());
    }

    @Test
    void fieldsStayInTheOrderInWhichTheyAreAdded() {
        Payload payload = Payload.with("z", 1).and("a", Payload.with("b", 2)).and("z", 3);

        assertEquals("{\"z\":3,\"a\":{\"b\":2}}", payload.toString());
        assertEquals(payload, Payload.of(payload));
        assertEquals(payload.hashCode(), Payload.of(payload).hashCode());
        assertNotEquals(payload, payload.and("z", 4));
    }

    @Test
    void templateDoesNotChangeWithWhatItWasMadeOf() {
        List<Object> list = new ArrayList<>(List.of(1));
        var tree = new JsonMapper().createObjectNode().put("a", 1);
        Payload ofList = Payload.of(list);
        Payload ofTree = Payload.of(tree);

        list.add(2);
        tree.put("a", 2);

        assertEquals("[1]", ofList.toString());
        assertEquals("{\"a\":1}", ofTree.toString());
    }

    @Test
    void fieldCannotBeAddedToWhatIsNoObject() {
        var refused = assertThrows(
                IllegalStateException.class, () -> Payload.of(List.of(1)).and("a", 2));

        assertEquals("cannot add field 'a' to [1]: it is not an object", refused.getMessage());
    }
}
