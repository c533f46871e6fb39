package dataprep.components;

import com.pulumi.asset.Archive;
import com.pulumi.asset.AssetArchive;
import com.pulumi.asset.AssetOrArchive;
import com.pulumi.asset.FileAsset;
import dataprep.settings.CodeFiles;
import java.nio.file.Path;
import java.util.TreeMap;

/** Archives of Python code. */
final class PythonSources {
    private PythonSources() {}

    /**
     * @param folder whose files, at any depth, are in the archive under the given prefix
     */
    static Archive archive(Path folder, String prefix) {
        var files = new TreeMap<String, AssetOrArchive>();
        for (var file : CodeFiles.in(folder)) {
            var name = folder.relativize(file).toString().replace('\\', '/');
            files.put(prefix + name, new FileAsset(file.toString()));
        }
        return new AssetArchive(files);
    }
}
