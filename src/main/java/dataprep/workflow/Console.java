package dataprep.workflow;

import java.util.Map;

/** URLs of the AWS Management Console, which has its own domain in each partition. */
public final class Console {
    private static final Map<String, String> DOMAINS = Map.of(
            "aws", "console.aws.amazon.com",
            "aws-cn", "console.amazonaws.cn",
            "aws-us-gov", "console.amazonaws-us-gov.com");

    private Console() {}

    /**
     * @param region of the resource; may be a placeholder
     * @param place the page of the service's console, after the number sign
     */
    public static String address(String partition, String region, String service, String place) {
        var domain = DOMAINS.getOrDefault(partition, DOMAINS.get("aws"));
        return "https://%s.%s/%s/home?region=%s#%s".formatted(region, domain, service, region, place);
    }
}
