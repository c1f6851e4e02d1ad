export { AlarmTopic, importAlarmTopic, type AlarmTopicProps } from './alarm-topic.ts';
export { DatasetAlarms, type DatasetAlarmsProps } from './dataset-alarms.ts';
export { MonthlyBudget, type MonthlyBudgetProps } from './monthly-budget.ts';
export { QuarantineAlarms, type QuarantineAlarmsProps } from './quarantine-alarms.ts';
