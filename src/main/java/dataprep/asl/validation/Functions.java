package dataprep.asl.validation;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions that an expression may call.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data</a>
 */
final class Functions {

    /** The functions of JSONata 2.0.6, which Step Functions implements without {@code $eval}. */
    private static final String JSONATA = """
            string length substring substringBefore substringAfter uppercase lowercase trim pad contains split join
            match replace base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl
            number abs floor ceil round power sqrt random formatNumber formatBase formatInteger parseInteger
            sum max min average boolean not exists count append sort reverse shuffle distinct zip
            keys lookup spread merge sift each error assert type clone
            now millis fromMillis toMillis map filter single reduce""";

    /** The functions that Step Functions adds; its {@code $random} takes a seed. */
    private static final String STEP_FUNCTIONS = "partition range hash random uuid parse";

    static final Set<String> NAMES = Stream.of(JSONATA, STEP_FUNCTIONS)
            .flatMap(names -> Stream.of(names.split("\\s+")))
            .collect(Collectors.toUnmodifiableSet());

    private Functions() {}
}
