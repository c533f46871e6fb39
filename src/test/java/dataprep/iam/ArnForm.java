package dataprep.iam;

import java.util.List;
import java.util.regex.Pattern;

/** The form of a resource type's ARNs, such as {@code arn:${Partition}:s3:::${BucketName}}. */
record ArnForm(List<String> parts) {
    private static final Pattern VARIABLE = Pattern.compile("(?=\\$\\{)|(?<=})");
    /** A variable without a slash, which distinguishes a bucket from an object. */
    private static final String BUCKET = "${BucketName}";

    static ArnForm of(String form) {
        return new ArnForm(List.of(VARIABLE.split(form)));
    }

    /** Whether a resource of this type can match a policy's ARN, which may have wildcards. */
    boolean overlaps(String arn) {
        return overlaps(arn, 0, 0, 0);
    }

    private boolean overlaps(String arn, int at, int part, int offset) {
        if (part == parts.size()) {
            return arn.substring(at).matches("\\**");
        }
        var form = parts.get(part);
        var variable = form.startsWith("${");
        if (variable && overlaps(arn, at, part + 1, 0)) {
            return true;
        }
        if (offset == form.length()) {
            return overlaps(arn, at, part + 1, 0);
        }
        if (at == arn.length()) {
            return false;
        }
        char next = arn.charAt(at);
        if (variable) {
            return next != ':' && !(next == '/' && form.equals(BUCKET)) && overlaps(arn, at + 1, part, offset);
        }
        if (next == '*') {
            return overlaps(arn, at + 1, part, offset) || overlaps(arn, at, part, offset + 1);
        }
        return next == form.charAt(offset) && overlaps(arn, at + 1, part, offset + 1);
    }
}
