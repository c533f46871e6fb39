package dataprep.settings;

import dataprep.recipe.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The sources of the data, and the sample data. */
final class SourceSettings {
    private static final String ALLOWED =
            "s3://bucket/key, s3://bucket/prefix/ (a key has at most 1,024 bytes), https://host/path,"
                    + " jdbc:postgresql://host:port/database or jdbc:mysql://host:port/database";

    private SourceSettings() {}

    /**
     * @param amongOthers whether the stack has other data sets to read
     */
    static List<Source> sources(
            SettingsReader reader, Optional<Recipe> recipe, boolean amongOthers, int runTimeoutMinutes) {
        var sources = reader.list(
                "sources", Source.class, "{name, uri} and, for https and databases, auth, paging, database, since");
        var names = new HashSet<String>();
        for (int i = 0; i < sources.size(); i++) {
            var key = "sources[%d]".formatted(i);
            var source = sources.get(i);
            if (!source.hasValidName()) {
                reader.refuse(key + ".name", source.name(), "a letter, then letters, digits and _, at most 63");
            }
            if (!source.hasValidUri() || !amongOthers && source.upstream().isPresent()) {
                reader.refuse(key + ".uri", source.uri(), amongOthers ? ALLOWED + " or dataset://name" : ALLOWED);
            }
            new SourceCheck(key, source, recipe, reader).check(runTimeoutMinutes);
            if (source.name() != null && !names.add(source.name())) {
                reader.refuse(key + ".name", source.name(), "a name that no other source has");
            }
        }
        recipe.map(Recipe::sourceNames)
                // a list that cannot be read has been refused
                .filter(required -> !required.equals(names)
                        && (!sources.isEmpty() || reader.text("sources").equals("[]")))
                .ifPresent(required -> reader.refuse(
                        "sources",
                        new TreeSet<>(names),
                        "exactly the sources of the recipe: " + new TreeSet<>(required)));
        return sources;
    }

    /**
     * @param sources by their keys in the settings
     */
    static SortedMap<String, Path> sampleData(SettingsReader reader, Map<String, Source> sources) {
        var text = reader.text("sampleData");
        if (text.isEmpty()) {
            return new TreeMap<>();
        }
        var folder = Path.of(text);
        if (!Files.isDirectory(folder)) {
            reader.refuse("sampleData", folder, "a folder, relative to the project, or unset");
            return new TreeMap<>();
        }
        var sampleData = SampleData.of(folder);
        sources.forEach((key, source) -> {
            if (sampleData.lacks(source)) {
                reader.refuse(
                        key + ".uri",
                        source.uri(),
                        "one of the files of sampleData (%s): %s".formatted(folder, sampleData.keys()));
            }
        });
        return sampleData.wantedBy(sources.values());
    }
}
