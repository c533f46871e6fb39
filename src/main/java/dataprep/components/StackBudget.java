package dataprep.components;

import com.pulumi.aws.budgets.Budget;
import com.pulumi.aws.budgets.BudgetArgs;
import com.pulumi.aws.budgets.inputs.BudgetCostFilterArgs;
import com.pulumi.aws.budgets.inputs.BudgetNotificationArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.List;

/**
 * A monthly cost budget for the resources with the stack's tag, with messages for actual and for forecast cost.
 *
 * <p>AWS Budgets filters by tags that the account's billing settings have activated.
 */
final class StackBudget {
    /** The tag that the stack files set on every resource, with the stack's full name as its value. */
    static final String TAG = "stack";

    StackBudget(String name, String stack, int dollars, Output<String> topicArn, Resource parent) {
        new Budget(
                name,
                BudgetArgs.builder()
                        .budgetType("COST")
                        .timeUnit("MONTHLY")
                        .limitAmount(String.valueOf(dollars))
                        .limitUnit("USD")
                        .costFilters(BudgetCostFilterArgs.builder()
                                .name("TagKeyValue")
                                .values("user:%s$%s".formatted(TAG, stack))
                                .build())
                        .notifications(List.of(notification("ACTUAL", topicArn), notification("FORECASTED", topicArn)))
                        .build(),
                CustomResourceOptions.builder().parent(parent).build());
    }

    private static BudgetNotificationArgs notification(String type, Output<String> topicArn) {
        return BudgetNotificationArgs.builder()
                .notificationType(type)
                .comparisonOperator("GREATER_THAN")
                .threshold(100.0)
                .thresholdType("PERCENTAGE")
                .subscriberSnsTopicArns(topicArn.applyValue(List::of))
                .build();
    }
}
