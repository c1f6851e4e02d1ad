export { AlarmTopic, importAlarmTopic, type AlarmTopicProps } from './alarm-topic.ts';
export { CopyAlarms, type CopyAlarmsProps } from './copy-alarms.ts';
export { DatasetAlarms, type DatasetAlarmsProps } from './dataset-alarms.ts';
export { MonthlyBudget, type MonthlyBudgetProps } from './monthly-budget.ts';
export { DomainAlarms, type DomainAlarmsProps } from './domain-alarms.ts';
export { ReplicationAlarms, type Copied, type ReplicationAlarmsProps } from './replication-alarms.ts';
