package dev.longshore.wire.catalog;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerChecksTest {
  private static final String NEEDED = "'image':'i','vcpus':1,'memory':4";
  private static final String NEW_MEMBERS =
      "'image':'i','resourceRequirements':[{'type':'VCPU','value':'1'},"
          + "{'type':'MEMORY','value':'4'}]";

  private final Service service = new Service();

  private static String definition(String container) {
    return Samples.definition("d", container.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NEEDED,
        NEW_MEMBERS,
        "'image':'i','vcpus':1,'resourceRequirements':[{'type':'memory','value':'4'}]",
        NEEDED + ",'resourceRequirements':[{'type':'GPU','value':'1'}]",
        NEEDED + ",'environment':[{'name':'A'},{'name':'A','value':''}]",
        NEEDED + ",'linuxParameters':{},'instanceType':'c5','mountPoints':[],'volumes':[]",
        NEEDED + ",'logConfiguration':{'logDriver':'JSON-FILE'}"
      })
  @DisplayName("Containers with old or new members for their resources are good")
  void good(String container) {
    service.ok("RegisterJobDefinition", definition(container));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'vcpus':1,'memory':4 | containerProperties must contain image",
        "'image':'i','memory':4 | containerProperties must contain vcpus",
        "'image':'i','vcpus':1 | containerProperties must contain memory",
        "'image':'i','vcpus':0,'memory':4 | container vcpus limit must be greater than 0",
        "'image':'i','vcpus':1,'memory':3 | container memory limit must be greater than 4",
        "'image':'i','memory':4,'resourceRequirements':[{'type':'VCPU','value':'0.25'}]"
            + " | Value 0.25 for type VCPU in resourceRequirement is not valid. Please provide a"
            + " numeric value.",
        "%s,'resourceRequirements':[{'type':'GPU'}] | resourceRequirements.value is required.",
        "%s,'environment':[{'value':'1'}] | environment.name is required.",
        "%s,'user':'Root' | User 'Root' does not match regex",
        "%s,'ulimits':[{'softLimit':1,'hardLimit':1}] | ulimits.name is required.",
        "%s,'ulimits':[{'name':'n','hardLimit':1}] | ulimits.softLimit is required.",
        "%s,'ulimits':[{'name':'n','softLimit':1}] | ulimits.hardLimit is required.",
        "%s,'secrets':[{'name':'S'}] | secrets.valueFrom is required.",
        "%s,'logConfiguration':{} | logConfiguration.logDriver is required.",
        "%s,'logConfiguration':{'logDriver':'awslogs','secretOptions':[{'name':'S'}]}"
            + " | logConfiguration.secretOptions.valueFrom is required.",
        "%s,'volumes':[{}] | volumes.name is required.",
        "%s,'volumes':[{'name':'v','efsVolumeConfiguration':{}}]"
            + " | efsVolumeConfiguration.fileSystemId is required.",
        "%s,'mountPoints':[{'sourceVolume':'v'}] | mountPoints.containerPath is required.",
        "%s,'mountPoints':[{'containerPath':'/m'}] | mountPoints.sourceVolume is required.",
        "%s,'linuxParameters':{'devices':[{}]}"
            + " | linuxParameters.devices.hostPath is required.",
        "%s,'linuxParameters':{'tmpfs':[{'size':1}]}"
            + " | linuxParameters.tmpfs.containerPath is required.",
        "%s,'linuxParameters':{'tmpfs':[{'containerPath':'/t'}]}"
            + " | linuxParameters.tmpfs.size is required.",
        "%s,'networkConfiguration':{} | networkConfiguration not applicable for EC2.",
        "%s,'fargatePlatformConfiguration':{}"
            + " | fargatePlatformConfiguration not applicable for EC2.",
        "%s,'ephemeralStorage':{'sizeInGiB':30} | ephemeralStorage not applicable for EC2.",
        "%s,'runtimePlatform':{} | runtimePlatform not applicable for EC2."
      })
  @DisplayName("What is missing or only for Fargate is refused in the older frame")
  void framed(String container, String text) {
    service.refusedFramed(
        text, "RegisterJobDefinition", definition(container.replace("%s", NEEDED)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'resourceRequirements':[{'type':'VCPU','value':'1'}]"
            + " | vcpus must not be given both in containerProperties and in its"
            + " resourceRequirements.",
        "'resourceRequirements':[{'type':'MEMORY','value':'4'}]"
            + " | memory must not be given both in containerProperties and in its"
            + " resourceRequirements.",
        "'resourceRequirements':[{'type':'GPU','value':'1'},{'type':'gpu','value':'2'}]"
            + " | resourceRequirements must not name a type twice.",
        "'command':['a',''] | command must not contain an empty string.",
        "'environment':[{'name':'AWS_BATCH_X','value':'1'}] | Environment variable AWS_BATCH_X is"
            + " not allowed: names starting with AWS_BATCH are reserved.",
        "'secrets':[{'name':'AWS_BATCH_X','valueFrom':'x'}] | Environment variable AWS_BATCH_X is"
            + " not allowed: names starting with AWS_BATCH are reserved.",
        "'logConfiguration':{'logDriver':'none'} | Member containerProperties.logConfiguration."
            + "logDriver must be one of [json-file, syslog, journald, gelf, fluentd, awslogs,"
            + " splunk, awsfirelens], but was \"none\".",
        "'volumes':[{'name':'v'},{'name':'v'}] | volumes must not use the name v twice.",
        "'volumes':[{'name':'v','host':{},'efsVolumeConfiguration':{'fileSystemId':'f'}}]"
            + " | Volume v must not have both host and efsVolumeConfiguration.",
        "'mountPoints':[{'containerPath':'/m','sourceVolume':'v'}]"
            + " | mountPoints.sourceVolume v is not the name of a volume.",
        "'volumes':[{'name':'v'}],'mountPoints':[{'containerPath':'/m','sourceVolume':'v'},"
            + "{'containerPath':'/m','sourceVolume':'v'}] | mountPoints must not use /m twice.",
        "'volumes':[{'name':'v','efsVolumeConfiguration':{'fileSystemId':'f',"
            + "'transitEncryptionPort':65536}}]"
            + " | efsVolumeConfiguration.transitEncryptionPort must be between 0 and 65535.",
        "'volumes':[{'name':'v','efsVolumeConfiguration':{'fileSystemId':'f',"
            + "'authorizationConfig':{'accessPointId':'a'}}}]"
            + " | An EFS access point requires transitEncryption ENABLED.",
        "'volumes':[{'name':'v','efsVolumeConfiguration':{'fileSystemId':'f',"
            + "'transitEncryption':'ENABLED','rootDirectory':'/x',"
            + "'authorizationConfig':{'accessPointId':'a'}}}]"
            + " | With an EFS access point, rootDirectory must be omitted or /.",
        "'volumes':[{'name':'v','efsVolumeConfiguration':{'fileSystemId':'f',"
            + "'authorizationConfig':{'iam':'ENABLED'}}}]"
            + " | EFS IAM authorization requires transitEncryption ENABLED.",
        "'volumes':[{'name':'v','efsVolumeConfiguration':{'fileSystemId':'f',"
            + "'transitEncryption':'ENABLED','authorizationConfig':{'iam':'ENABLED'}}}]"
            + " | EFS IAM authorization requires a jobRoleArn.",
        "'linuxParameters':{'swappiness':101}"
            + " | linuxParameters.swappiness must be between 0 and 100.",
        "'linuxParameters':{'maxSwap':-1} | linuxParameters.maxSwap must be at least 0.",
        "'linuxParameters':{'sharedMemorySize':0}"
            + " | linuxParameters.sharedMemorySize must be at least 1.",
        "'linuxParameters':{'tmpfs':[{'containerPath':'/t','size':0}]}"
            + " | linuxParameters.tmpfs.size must be at least 1.",
        "'linuxParameters':{'tmpfs':[{'containerPath':'/t','size':1},"
            + "{'containerPath':'/t','size':1}]} | linuxParameters.tmpfs uses /t twice.",
        "'linuxParameters':{'tmpfs':[{'containerPath':'/t','size':1,'mountOptions':['x']}]}"
            + " | linuxParameters.tmpfs.mountOptions must not contain x."
      })
  @DisplayName("A container that contradicts itself is refused")
  void wrong(String members, String text) {
    service.refused(text, "RegisterJobDefinition", definition(NEEDED + "," + members));
  }
}
