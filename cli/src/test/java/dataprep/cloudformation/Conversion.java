package dataprep.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.UnaryOperator;

/** Conversions of values whose form differs between the provider and CloudFormation. */
enum Conversion implements UnaryOperator<JsonNode> {
    /** A map with user-defined keys. */
    IS {
        @Override
        public JsonNode apply(JsonNode value) {
            return value;
        }
    },
    /** A text whose JSON is an object in CloudFormation. */
    JSON {
        @Override
        public JsonNode apply(JsonNode value) {
            try {
                return new ObjectMapper().readTree(value.asText());
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("no JSON: " + value, e);
            }
        }
    },
    TAGS {
        @Override
        public JsonNode apply(JsonNode value) {
            return Translation.entries(value, "Key", "Value");
        }
    },
    DIMENSIONS {
        @Override
        public JsonNode apply(JsonNode value) {
            return Translation.entries(value, "Name", "Value");
        }
    },
    /** The filters of a budget, each with its name and values. */
    FILTERS {
        @Override
        public JsonNode apply(JsonNode value) {
            var filters = JsonNodeFactory.instance.objectNode();
            value.forEach(filter -> filters.set(filter.path("name").asText(), filter.path("values")));
            return filters;
        }
    },
    /** The ARNs of topics that a budget notifies. */
    TOPICS {
        @Override
        public JsonNode apply(JsonNode value) {
            var subscribers = JsonNodeFactory.instance.arrayNode();
            value.forEach(arn ->
                    subscribers.addObject().put("SubscriptionType", "SNS").put("Address", arn.asText()));
            return subscribers;
        }
    },
    /** Files that the engine uploads; in CloudFormation they are already in a bucket. */
    UPLOAD {
        @Override
        public JsonNode apply(JsonNode value) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("S3Bucket", "uploads")
                    .put("S3Key", "archive.zip");
        }
    }
}
