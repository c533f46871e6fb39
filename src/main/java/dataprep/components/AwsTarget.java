package dataprep.components;

import com.pulumi.aws.AwsFunctions;
import com.pulumi.core.Output;

/** Where the stack is deployed to: what every ARN begins with. */
public record AwsTarget(String partition, String region, String account) {

    public static Output<AwsTarget> current() {
        return Output.tuple(AwsFunctions.getPartition(), AwsFunctions.getRegion(), AwsFunctions.getCallerIdentity())
                .applyValue(t -> new AwsTarget(t.t1.partition(), t.t2.name(), t.t3.accountId()));
    }

    public String arn(String service, String resource) {
        return "arn:%s:%s:%s:%s:%s".formatted(partition, service, region, account, resource);
    }

    /** The principal of a service that comes as one of its region, with the partition's own domain. */
    public String regionalPrincipal(String service) {
        var domain = partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
        return "%s.%s.%s".formatted(service, region, domain);
    }

    /** The ARN of a bucket, or with a path of objects in it: S3 names neither region nor account. */
    public String s3Arn(String path) {
        return "arn:%s:s3:::%s".formatted(partition, path);
    }
}
