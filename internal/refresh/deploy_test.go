package refresh

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	dto "github.com/prometheus/client_model/go"
)

// deploy holds the examples of docs/operations.md: they are tried here as far as a test can.
var deploy = filepath.Join("..", "..", "docs", "deploy")

func example(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(deploy, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestUnitsAreTaken(t *testing.T) {
	tool, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not here")
	}
	dir := t.TempDir()
	for _, name := range []string{"entente.service", "entente.timer"} {
		// The program need not be installed where the test runs.
		text := strings.ReplaceAll(example(t, name), "/usr/local/bin/entente", "/bin/true")
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(tool, "verify", "--man=no", filepath.Join(dir, "entente.service"), filepath.Join(dir, "entente.timer")).CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("entente.")) {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestSchedulesAreTaken(t *testing.T) {
	line := regexp.MustCompile(`(?m)^(\S+ \S+ \S+ \S+ \S+) .*entente .*refresh `).FindStringSubmatch(example(t, "crontab"))
	if line == nil {
		t.Fatal("no line with a refresh in crontab")
	}
	if _, err := parseCron(line[1]); err != nil {
		t.Error(err)
	}
}

// cronJob is the part of batch/v1 that the example uses: a field that is not in it is an error.
type cronJob struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Metadata   struct{ Name string }
	Spec       struct {
		Schedule                   string
		ConcurrencyPolicy          string `yaml:"concurrencyPolicy"`
		SuccessfulJobsHistoryLimit int    `yaml:"successfulJobsHistoryLimit"`
		FailedJobsHistoryLimit     int    `yaml:"failedJobsHistoryLimit"`
		JobTemplate                struct {
			Spec struct {
				BackoffLimit          int `yaml:"backoffLimit"`
				ActiveDeadlineSeconds int `yaml:"activeDeadlineSeconds"`
				Template              struct {
					Spec struct {
						RestartPolicy   string `yaml:"restartPolicy"`
						SecurityContext struct {
							RunAsNonRoot bool  `yaml:"runAsNonRoot"`
							RunAsUser    int64 `yaml:"runAsUser"`
							FSGroup      int64 `yaml:"fsGroup"`
						} `yaml:"securityContext"`
						Containers []struct {
							Name, Image string
							Args        []string
							Env         []struct {
								Name, Value string
								ValueFrom   *struct {
									SecretKeyRef struct{ Name, Key string } `yaml:"secretKeyRef"`
								} `yaml:"valueFrom"`
							}
							VolumeMounts []struct {
								Name      string
								MountPath string `yaml:"mountPath"`
								ReadOnly  bool   `yaml:"readOnly"`
							} `yaml:"volumeMounts"`
							Resources       struct{ Requests, Limits map[string]string }
							SecurityContext struct {
								AllowPrivilegeEscalation bool `yaml:"allowPrivilegeEscalation"`
								ReadOnlyRootFilesystem   bool `yaml:"readOnlyRootFilesystem"`
								Capabilities             struct{ Drop []string }
							} `yaml:"securityContext"`
						}
						Volumes []struct {
							Name                  string
							PersistentVolumeClaim *struct {
								ClaimName string `yaml:"claimName"`
							} `yaml:"persistentVolumeClaim"`
							ConfigMap *struct{ Name string } `yaml:"configMap"`
						}
					}
				}
			}
		} `yaml:"jobTemplate"`
	}
}

func TestCronJobIsWellFormed(t *testing.T) {
	first, _, ok := strings.Cut(example(t, "cronjob.yaml"), "\n---\n")
	if !ok {
		t.Fatal("no second document")
	}
	var j cronJob
	if err := yaml.UnmarshalWithOptions([]byte(first), &j, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if j.APIVersion != "batch/v1" || j.Kind != "CronJob" || j.Spec.ConcurrencyPolicy != "Forbid" {
		t.Errorf("%+v", j)
	}
	if _, err := parseCron(j.Spec.Schedule); err != nil {
		t.Error(err)
	}
	pod := j.Spec.JobTemplate.Spec.Template.Spec
	if !pod.SecurityContext.RunAsNonRoot || len(pod.Containers) != 1 || pod.Containers[0].Args[0] != "refresh" {
		t.Errorf("%+v", pod)
	}
	for _, m := range pod.Containers[0].VolumeMounts {
		found := false
		for _, v := range pod.Volumes {
			found = found || v.Name == m.Name
		}
		if !found {
			t.Errorf("the volume %s is mounted and not declared", m.Name)
		}
	}
}

// TestDashboardAsksForMetricsThatAre keeps the Grafana dashboard and the metrics together.
func TestDashboardAsksForMetricsThatAre(t *testing.T) {
	m := newMetrics()
	m.ended(&Report{Failures: []Failure{{Stage: "load", Code: "x"}}}, nil, time.Unix(0, 0))
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, f := range families {
		known[f.GetName()] = true
		if f.GetType() == dto.MetricType_HISTOGRAM {
			known[f.GetName()+"_bucket"] = true
		}
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(example(t, "grafana.json")), &board); err != nil {
		t.Fatal(err)
	}
	metric := regexp.MustCompile(`\b(entente|process)_[a-z_]+`)
	asked := map[string]bool{}
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			for _, name := range metric.FindAllString(target.Expr, -1) {
				asked[name] = true
				if !known[name] {
					t.Errorf("panel %q asks for %s, which is no metric", p.Title, name)
				}
			}
		}
	}
	for name := range known {
		if strings.HasPrefix(name, "entente_") && !asked[name] && !asked[name+"_bucket"] {
			t.Errorf("no panel shows %s", name)
		}
	}
}
