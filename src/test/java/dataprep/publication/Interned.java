package dataprep.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Interns values as numbers, so that a state of the model is a few integers. */
final class Interned<T> {
    private static final JsonMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private final Function<T, ?> form;
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final List<T> values = new ArrayList<>();

    /**
     * @param form the key that equal values share
     */
    Interned(Function<T, ?> form) {
        this.form = form;
    }

    static String canonical(JsonNode json) {
        try {
            return CANONICAL.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    int number(T value) {
        var known = numbers.putIfAbsent(form.apply(value), values.size());
        if (known != null) {
            return known;
        }
        values.add(value);
        return values.size() - 1;
    }

    T value(int number) {
        return values.get(number);
    }

    int size() {
        return values.size();
    }
}
