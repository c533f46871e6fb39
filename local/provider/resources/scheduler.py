"""EventBridge Scheduler: schedules."""

from typing import Final

from local.provider.spec import AutoName, Call, Resource, words

_SCHEDULE: Final = {"GroupName": "$groupName", "Name": "$name"}

RESOURCES: Final = {
    "aws:scheduler/schedule:Schedule": Resource(
        service="scheduler",
        inputs=words("""
            description endDate flexibleTimeWindow groupName kmsKeyArn name namePrefix scheduleExpression
            scheduleExpressionTimezone startDate state target
        """),
        required=words("flexibleTimeWindow scheduleExpression target"),
        id="$groupName/$name",
        auto_name=AutoName(max_length=64),
        create=Call("CreateSchedule"),
        update=(Call("UpdateSchedule", key=_SCHEDULE),),
        read=(Call("GetSchedule", key=_SCHEDULE),),
        delete=(Call("DeleteSchedule", key=_SCHEDULE),),
        names={"target.eventbridgeParameters": "eventBridgeParameters"},
        settings=("namePrefix",),
        replace=words("groupName name namePrefix"),
        defaults={"scheduleExpressionTimezone": "UTC", "state": "ENABLED"},
        outputs=("arn",),
        derived={"groupName": "default"},
    ),
}
