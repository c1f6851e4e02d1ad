import { readTemplate, TemplateError } from '../../../core/aws/template.ts';

const TEMPLATE = {
  Parameters: { Version: { Type: 'String', Default: '2012-10-17' } },
  Resources: {
    Lake: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Retain',
      Properties: { BucketName: { 'Fn::Sub': 'lake-${AWS::AccountId}' }, Tags: [{ Key: 'on', Value: 'yes' }] },
    },
    Guard: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: { Ref: 'Lake' },
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: '111122223333' },
              Action: 's3:GetObject',
              Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Lake', 'Arn'] }, '/*']] },
            },
          ],
        },
      },
    },
  },
  Outputs: { Arn: { Condition: 'IsProd', Value: { 'Fn::If': ['IsProd', { 'Fn::GetAtt': ['Lake', 'Arn'] }, 'none'] } } },
};

const YAML = `
Parameters:
  Version: { Type: String, Default: 2012-10-17 }
Resources:
  Lake:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      BucketName: !Sub lake-\${AWS::AccountId}
      Tags: [{ Key: on, Value: yes }]
  Guard:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Lake
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: { AWS: 111122223333 }
            Action: s3:GetObject
            Resource: !Join ['', [!GetAtt Lake.Arn, '/*']]
Outputs:
  Arn:
    Condition: IsProd
    Value: !If [IsProd, !GetAtt [Lake, Arn], none]
`;

const read = (value: unknown) => readTemplate(JSON.stringify(value), 'stack.json');

test.each<[string, unknown]>([
  ['an object', TEMPLATE],
  ['a text of JSON', JSON.stringify(TEMPLATE)],
  ['a text of YAML, with short forms', YAML],
])('reads what get-template answered, its body %s', (_, TemplateBody) => {
  expect(read({ TemplateBody, StagesAvailable: ['Original', 'Processed'] })).toEqual(read(TEMPLATE));
});

test('reads one text that stands in two places of a template', () => {
  const TemplateBody = 'Resources: { A: { Type: T, Properties: &same { a: 1 } }, B: { Type: T, Properties: *same } }';
  expect(read({ TemplateBody }).resources.get('B')?.properties).toEqual({ a: 1 });
});

test.each<[string, unknown, string]>([
  ['is no template', { TemplateBody: { a: 1 } }, 'it has no section of one'],
  ['is a text of something else', { TemplateBody: 'a text' }, 'expected record'],
  ['is no YAML', { TemplateBody: 'Resources: { A: [' }, "its 'TemplateBody' must be a text of JSON or YAML: Flow"],
  [
    'says a name twice',
    { TemplateBody: 'Resources: {}\nResources: {}' },
    "its 'TemplateBody' must be a text of JSON or YAML: Map keys",
  ],
  [
    'holds itself',
    { TemplateBody: 'Resources: &a { A: *a }' },
    "its 'TemplateBody' must be a text of JSON or YAML: it is deeper",
  ],
  ['is null', { TemplateBody: null }, 'expected record'],
])('fails where the body %s', (_, answer, says) => {
  expect(() => read(answer)).toThrow(TemplateError);
  expect(() => read(answer)).toThrow(says);
});
