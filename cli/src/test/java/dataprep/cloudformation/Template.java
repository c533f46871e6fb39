package dataprep.cloudformation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.cli.changes.StackResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The CloudFormation template of the resources of a Pulumi stack. */
public final class Template {
    /** The types of components begin with the project's own package. */
    private static final String COMPONENT = "dataprep:";

    private final Map<StackResource, ObjectNode> properties = new LinkedHashMap<>();

    private Template() {}

    /**
     * @throws IllegalArgumentException for a resource of an unknown type, or a part without its parent resource
     */
    public static ObjectNode of(List<StackResource> resources) {
        var template = new Template();
        var managed = resources.stream()
                .filter(resource -> !resource.type().startsWith(COMPONENT))
                .toList();
        managed.stream()
                .filter(resource -> ResourceType.of(resource.type()).type() != null)
                .forEach(resource -> template.properties.put(resource, translated(resource)));
        managed.stream()
                .filter(resource -> ResourceType.of(resource.type()).partOf() != null)
                .forEach(template::addPart);
        return template.json();
    }

    private static ObjectNode translated(StackResource resource) {
        return ResourceType.of(resource.type()).translate((ObjectNode) resource.inputs());
    }

    private void addPart(StackResource part) {
        var type = ResourceType.of(part.type());
        var whole = whole(part);
        var own = translated(part);
        if (type.at() != null) {
            Translation.put(whole, type.at(), own);
        } else {
            own.properties().forEach(property -> {
                if (property.getValue().isArray()) {
                    property.getValue().forEach(element -> Translation.put(whole, property.getKey() + "[]", element));
                } else {
                    whole.set(property.getKey(), property.getValue());
                }
            });
        }
    }

    private ObjectNode whole(StackResource part) {
        var type = ResourceType.of(part.type());
        var identifier = ResourceType.of(type.partOf()).identifier();
        return properties.entrySet().stream()
                .filter(entry -> entry.getKey().type().equals(type.partOf()))
                .filter(entry -> entry.getKey()
                        .inputs()
                        .path(identifier)
                        .equals(part.inputs().path(type.by())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s %s: no %s has the %s %s"
                        .formatted(
                                part.type(),
                                part.name(),
                                type.partOf(),
                                identifier,
                                part.inputs().path(type.by()))))
                .getValue();
    }

    private ObjectNode json() {
        var template = JsonNodeFactory.instance.objectNode();
        properties.forEach((resource, own) -> {
            var type = ResourceType.of(resource.type()).type();
            template.withObjectProperty("Resources")
                    .withObjectProperty(logicalId(type, resource.name()))
                    .put("Type", type)
                    .set("Properties", own);
        });
        return template;
    }

    /** A logical id: letters and digits only, unique in the template. */
    private static String logicalId(String type, String name) {
        return type.substring(type.lastIndexOf(':') + 1) + name.replaceAll("[^A-Za-z0-9]", "");
    }
}
