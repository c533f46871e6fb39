package dataprep.components;

import com.pulumi.asset.Archive;
import com.pulumi.asset.AssetArchive;
import com.pulumi.asset.AssetOrArchive;
import com.pulumi.asset.FileAsset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** Archives of Python code: the sources alone, so that a byte-code cache beside them changes no deployment. */
final class PythonSources {
    private PythonSources() {}

    /** @param folder whose *.py files, at any depth, lie in the archive under the given prefix */
    static Archive archive(Path folder, String prefix) {
        var files = new TreeMap<String, AssetOrArchive>();
        try (var paths = Files.walk(folder)) {
            paths.filter(path -> path.toString().endsWith(".py"))
                    .forEach(path -> files.put(
                            prefix + folder.relativize(path).toString().replace('\\', '/'),
                            new FileAsset(path.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the Python sources in " + folder, e);
        }
        return new AssetArchive(files);
    }
}
