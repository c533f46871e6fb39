package dataprep.components;

import com.pulumi.aws.AwsFunctions;
import com.pulumi.core.Output;

/** The partition, region and account of the stack, for its ARNs. */
public record AwsTarget(String partition, String region, String account) {

    public static Output<AwsTarget> current() {
        return Output.tuple(AwsFunctions.getPartition(), AwsFunctions.getRegion(), AwsFunctions.getCallerIdentity())
                .applyValue(t -> new AwsTarget(t.t1.partition(), t.t2.name(), t.t3.accountId()));
    }

    public String arn(String service, String resource) {
        return "arn:%s:%s:%s:%s:%s".formatted(partition, service, region, account, resource);
    }

    /** The regional principal of a service, with the partition's domain. */
    public String regionalPrincipal(String service) {
        var domain = partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
        return "%s.%s.%s".formatted(service, region, domain);
    }

    /** The ARN of a bucket or, with a path, of its objects. S3 ARNs have no region and no account. */
    public String s3Arn(String path) {
        return "arn:%s:s3:::%s".formatted(partition, path);
    }
}
